using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Downlink;

/// <summary>Reads what devices answer. Everything malformed ends here, as a fault that is counted and shown.</summary>
internal sealed class AnswerReader(ITownDirectory towns, IOptions<IngestOptions> options, TimeProvider clock)
{
    private const int LongestPayload = 32 * 1024;
    private const int LongestId = 64;
    private const int LongestMessage = 1_000;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = TwinBounds.MostLevels + 2, AllowDuplicateProperties = false };

    /// <summary>Null when the topic is of no registered device; then <paramref name="stray"/> says why.</summary>
    public DeviceAnswer? Read(string topic, in ReadOnlySequence<byte> payload, Func<CancellationToken, Task> acknowledge, out (string Municipality, string Device, Fault Fault) stray)
    {
        stray = default;
        if (!MqttTopic.TryParse(topic, out var parsed) || parsed.Channel is not (MqttTopic.CommandResult or MqttTopic.TwinReported))
        {
            stray = ("", "", new Fault("topic-malformed", $"'{topic}' is no topic on which a device answers."));
            return null;
        }

        if (!towns.TryGetDevice(parsed.Municipality, parsed.Device, out _))
        {
            stray = (parsed.Municipality, parsed.Device, new Fault("unknown-device", $"'{parsed.Device}' is not registered in {parsed.Municipality}."));
            return null;
        }

        var answer = new DeviceAnswer { Municipality = parsed.Municipality, Device = parsed.Device, AcknowledgeAsync = acknowledge };
        var isResult = parsed.Channel == MqttTopic.CommandResult;
        if (!TryParse(payload, out var fields))
        {
            return answer with
            {
                Fault = isResult
                    ? new Fault("command-result-malformed", "A command-result is a JSON object: {\"id\":\"…\",\"outcome\":\"done\"} or \"failed\", with a \"message\" if there is one.")
                    : new Fault("twin-reported-malformed", $"A twin-reported is a JSON object of at most {LongestPayload} bytes: {{\"t\":\"…\",\"version\":3,\"state\":{{…}}}}."),
            };
        }

        try
        {
            return isResult ? ReadResult(answer, fields) : ReadReported(answer, fields);
        }
        catch (InvalidOperationException)
        {
            return answer with { Fault = new Fault("text-not-readable", "A text of the message has half a character (an escaped surrogate without its other half).") };
        }
    }

    private static DeviceAnswer ReadResult(DeviceAnswer answer, JsonObject fields)
    {
        if (!TryText(fields["id"], out var id) || id.Length is 0 or > LongestId || id.Any(char.IsControl) || !TryText(fields["outcome"], out var outcome) || outcome is not ("done" or "failed"))
        {
            return answer with { Fault = new Fault("command-result-malformed", "A command-result needs the \"id\" of the command and the \"outcome\" \"done\" or \"failed\".") };
        }

        // The outcome counts, whatever the device writes beside it.
        TryText(fields["message"], out var message);
        var isRefused = MyNumber.IsIn(message);
        var text = message is null || isRefused ? null : string.Concat(message.Take(EndOf(message)).Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return answer with
        {
            Result = new CommandResult(id, outcome == "done", text is { Length: 0 } ? null : text),
            Fault = isRefused ? MyNumberFault.Refused : null,
        };
    }

    /// <summary>Where a text that is too long ends, never within a character of two halves: PostgreSQL takes no half.</summary>
    private static int EndOf(string message)
        => message.Length > LongestMessage && char.IsHighSurrogate(message[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage;

    private DeviceAnswer ReadReported(DeviceAnswer answer, JsonObject fields)
    {
        if (fields["state"] is not JsonObject state)
        {
            return answer with { Fault = new Fault("twin-reported-malformed", "A twin-reported needs \"state\", a JSON object with all that the device reports.") };
        }

        if (TwinBounds.FaultOf(state) is { } fault)
        {
            return answer with { Fault = new Fault(fault.Code, fault.Message) };
        }

        var now = clock.GetUtcNow();
        if (!TryTime(fields["t"], now, out var at))
        {
            return answer with { Fault = new Fault("time-malformed", "\"t\" is an RFC 3339 time with offset, or seconds or milliseconds since 1970.") };
        }

        if ((at - now).TotalSeconds > options.Value.FutureToleranceSeconds)
        {
            return answer with
            {
                Fault = new Fault("time-in-future", string.Create(CultureInfo.InvariantCulture,
                    $"The reported state is dated {(at - now).TotalSeconds:0} s ahead of the platform, and up to {options.Value.FutureToleranceSeconds:0} s is taken; set the device's clock.")),
            };
        }

        var version = fields["version"] is JsonValue given && given.TryGetValue<long>(out var number) ? number : (long?)null;
        return answer with { Reported = new ReportedState((JsonObject)state.DeepClone(), at, version) };
    }

    private static bool TryParse(in ReadOnlySequence<byte> payload, out JsonObject fields)
    {
        fields = [];
        if (payload.Length > LongestPayload)
        {
            return false;
        }

        try
        {
            if (JsonNode.Parse(Encoding.UTF8.GetString(payload.ToArray()), documentOptions: Strict) is not JsonObject parsed)
            {
                return false;
            }

            fields = parsed;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for a name with half a character.
            return false;
        }
    }

    private static bool TryTime(JsonNode? node, DateTimeOffset now, out DateTimeOffset time)
    {
        time = now;
        if (node is null)
        {
            return true;
        }

        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(node));
        return reader.Read() && JsonValues.TryTime(ref reader, out time);
    }

    private static bool TryText(JsonNode? node, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = null;
        return node is JsonValue value && value.TryGetValue(out text);
    }
}
