using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Decoding.Sparkplug;

namespace SmartCity.Telemetry.Ingest;

/// <summary>
/// Turns an MQTT message into an <see cref="IngestItem"/>; everything malformed ends here. The messages of one Sparkplug
/// node must come in the order in which the broker gave them.
/// </summary>
internal sealed class MessageReader(
    PayloadDecoders decoders, TopicSources topics, RebirthRequests rebirths, IOptions<IngestOptions> options, TimeProvider clock)
{
    private const int LongestStatus = 64;

    /// <summary>A thread's own, used again for each of its messages.</summary>
    [ThreadStatic]
    private static DecodedPayload? t_decoded;

    private readonly TimeSpan _futureTolerance = TimeSpan.FromSeconds(options.Value.FutureToleranceSeconds);

    /// <summary>Null when the message belongs to no registered device; then <paramref name="stray"/> says why.</summary>
    public IngestItem? Read(
        string topic, in ReadOnlySequence<byte> payload, string? contentType,
        Func<CancellationToken, Task> acknowledge, out (string Municipality, string Device, Fault Fault) stray)
    {
        var now = clock.GetUtcNow();
        if (topic.StartsWith(MqttTopic.RefusedPrefix, StringComparison.Ordinal))
        {
            return ReadRefusal(topic, payload, now, acknowledge, out stray);
        }

        if (!topics.TryFind(topic, out var source, out stray))
        {
            return null;
        }

        return source.IsStatus
            ? ReadStatus(source, StatusOf(payload), now, acknowledge)
            : ReadTelemetry(source.Payload, payload, contentType, now, acknowledge);
    }

    private IngestItem ReadTelemetry(
        PayloadSource source, in ReadOnlySequence<byte> payload, string? contentType, DateTimeOffset now, Func<CancellationToken, Task> acknowledge)
    {
        var decoded = t_decoded ??= new DecodedPayload();
        decoded.Clear();
        decoders.Decode(payload, new PayloadEnvelope(source, now, contentType), decoded);
        RefuseFuture(decoded, now);
        if (decoded.NeedsRebirth)
        {
            rebirths.Ask(source.Municipality, source.Device);
        }

        return new IngestItem
        {
            Municipality = source.Municipality,
            Device = source.Device,
            ReceivedAt = now,
            Measurements = decoded.Measurements.ToArray(),
            Faults = decoded.Faults.ToArray(),
            ConnectionStatus = decoded.ConnectionStatus,
            AcknowledgeAsync = acknowledge,
        };
    }

    private void RefuseFuture(DecodedPayload decoded, DateTimeOffset now)
    {
        var latest = now + _futureTolerance;
        Measurement? furthest = null;
        foreach (var measurement in decoded.Measurements)
        {
            if (measurement.At > latest && (furthest is null || measurement.At > furthest.Value.At))
            {
                furthest = measurement;
            }
        }

        if (furthest is { } future)
        {
            decoded.Measurements.RemoveAll(measurement => measurement.At > latest);
            decoded.Refuse("time-in-future", string.Create(CultureInfo.InvariantCulture,
                $"{future.Metric} is dated {future.At:yyyy-MM-ddTHH:mm:sszzz}, {(future.At - now).TotalSeconds:0} s ahead of the platform, and up to {_futureTolerance.TotalSeconds:0} s is taken; set the device's clock."));
        }
    }

    // The broker's word about a device that it turned away: shown where the installer looks.
    private IngestItem? ReadRefusal(
        string topic, in ReadOnlySequence<byte> payload, DateTimeOffset now, Func<CancellationToken, Task> acknowledge,
        out (string Municipality, string Device, Fault Fault) stray)
    {
        var parts = topic[MqttTopic.RefusedPrefix.Length..].Split('/');
        var (municipality, device) = parts.Length == 2 ? (parts[0], parts[1]) : ("", "");
        if (!topics.IsRegistered(municipality, device, out stray))
        {
            return null;
        }

        var refusal = JsonSerializer.Deserialize<BrokerRefusal>(payload.ToArray(), CityJson.Options);
        return new IngestItem
        {
            Municipality = municipality,
            Device = device,
            ReceivedAt = now,
            Faults = [new Fault(refusal?.Code ?? "refused", refusal?.Message ?? "The broker refused the device.").Hide()],
            AcknowledgeAsync = acknowledge,
        };
    }

    private static IngestItem ReadStatus(TopicSource source, string status, DateTimeOffset now, Func<CancellationToken, Task> acknowledge)
    {
        var isRefused = MyNumber.IsIn(status);
        return new IngestItem
        {
            Municipality = source.Payload.Municipality,
            Device = source.Payload.Device,
            ReceivedAt = now,
            ConnectionStatus = isRefused ? null : status,
            Faults = isRefused ? [MyNumberFault.Refused] : [],
            AcknowledgeAsync = acknowledge,
        };
    }

    private static string StatusOf(in ReadOnlySequence<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload.Slice(0, Math.Min(payload.Length, LongestStatus)).ToArray());
        return new string(text.Where(character => !char.IsControl(character)).ToArray()).Trim();
    }

    private sealed record BrokerRefusal(string? Code, string? Message);
}
