using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Turns an MQTT message into an <see cref="IngestItem"/>; everything malformed ends here.</summary>
internal sealed class MessageReader(
    PayloadDecoders decoders, ITownDirectory towns, IOptions<IngestOptions> options, TimeProvider clock)
{
    private const int LongestStatus = 64;

    /// <summary>Null when the message belongs to no registered device; then <paramref name="stray"/> says why.</summary>
    public IngestItem? Read(
        string topic, in ReadOnlySequence<byte> payload, string? contentType,
        Func<CancellationToken, Task> acknowledge, out (string Municipality, string Device, Fault Fault) stray)
    {
        stray = default;
        var now = clock.GetUtcNow();
        if (topic.StartsWith(MqttTopic.RefusedPrefix, StringComparison.Ordinal))
        {
            return ReadRefusal(topic, payload, now, acknowledge, out stray);
        }

        if (!MqttTopic.TryParse(topic, out var parsed))
        {
            stray = ("", "", new Fault("topic-malformed", $"'{topic}' is not sc/v1/{{municipality}}/{{device}}/telemetry."));
            return null;
        }

        if (!IsRegistered(parsed.Municipality, parsed.Device, out stray))
        {
            return null;
        }

        return parsed.Channel == MqttTopic.Status
            ? ReadStatus(NewItem(parsed.Municipality, parsed.Device, now, acknowledge), StatusOf(payload))
            : ReadTelemetry(parsed, payload, contentType, now, acknowledge);
    }

    private IngestItem ReadTelemetry(
        MqttTopic topic, in ReadOnlySequence<byte> payload, string? contentType, DateTimeOffset now, Func<CancellationToken, Task> acknowledge)
    {
        var decoded = decoders.Decode(payload, contentType, now);
        var latest = now.AddSeconds(options.Value.FutureToleranceSeconds);
        var future = decoded.Measurements.Find(measurement => measurement.At > latest);
        if (decoded.Measurements.RemoveAll(measurement => measurement.At > latest) > 0)
        {
            decoded.Refuse("time-in-future",
                $"{future.Metric} is dated {future.At:yyyy-MM-ddTHH:mm:sszzz}, more than {options.Value.FutureToleranceSeconds:0} s ahead of the platform; set the device's clock.");
        }

        return NewItem(topic.Municipality, topic.Device, now, acknowledge) with { Measurements = decoded.Measurements, Faults = decoded.Faults };
    }

    // The broker's word about a device that it turned away: shown where the installer looks.
    private IngestItem? ReadRefusal(
        string topic, in ReadOnlySequence<byte> payload, DateTimeOffset now, Func<CancellationToken, Task> acknowledge,
        out (string Municipality, string Device, Fault Fault) stray)
    {
        var parts = topic[MqttTopic.RefusedPrefix.Length..].Split('/');
        var (municipality, device) = parts.Length == 2 ? (parts[0], parts[1]) : ("", "");
        if (!IsRegistered(municipality, device, out stray))
        {
            return null;
        }

        var refusal = JsonSerializer.Deserialize<BrokerRefusal>(payload.ToArray(), CityJson.Options);
        return NewItem(municipality, device, now, acknowledge) with
        {
            Faults = [new Fault(refusal?.Code ?? "refused", refusal?.Message ?? "The broker refused the device.").Hide()],
        };
    }

    private bool IsRegistered(string municipality, string device, out (string Municipality, string Device, Fault Fault) stray)
    {
        stray = default;
        if (!towns.TryGet(municipality, out _))
        {
            stray = (municipality, device, new Fault("unknown-municipality", $"'{municipality}' is not served here."));
            return false;
        }

        if (!towns.TryGetDevice(municipality, device, out _))
        {
            stray = (municipality, device, new Fault("unknown-device", $"'{device}' is not registered in {municipality}."));
            return false;
        }

        return true;
    }

    private static IngestItem NewItem(string municipality, string device, DateTimeOffset now, Func<CancellationToken, Task> acknowledge)
        => new() { Municipality = municipality, Device = device, ReceivedAt = now, AcknowledgeAsync = acknowledge };

    private static IngestItem ReadStatus(IngestItem item, string status)
        => MyNumber.IsIn(status) ? item with { Faults = [MyNumberFault.Refused] } : item with { ConnectionStatus = status };

    private static string StatusOf(in ReadOnlySequence<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload.Slice(0, Math.Min(payload.Length, LongestStatus)).ToArray());
        return new string(text.Where(character => !char.IsControl(character)).ToArray()).Trim();
    }

    private sealed record BrokerRefusal(string? Code, string? Message);
}
