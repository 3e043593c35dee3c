using System.Buffers;
using System.Text;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Decoding.Mapping;
using SmartCity.Telemetry.Decoding.Sparkplug;

namespace SmartCity.Telemetry.Tests.Decoding;

/// <summary>Every format, in the order in which the service registers them.</summary>
internal sealed class TestDecoders
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));
    private static readonly PayloadSource Plain = new(TelemetryApp.Town, TelemetryApp.Device);
    private readonly PayloadDecoders _decoders;

    public TestDecoders()
    {
        var names = new MetricNames();
        _decoders = new PayloadDecoders(
            [new SparkplugDecoder(Sessions), new MappedJsonDecoder(), new SenMlCborDecoder(names), new SenMlJsonDecoder(names), new PlainJsonDecoder(names)]);
    }

    public SparkplugSessions Sessions { get; } = new();

    public DecodedPayload Decode(byte[] payload, string? contentType = null, PayloadSource? source = null, DateTimeOffset? now = null)
        => _decoders.Decode(new ReadOnlySequence<byte>(payload), new PayloadEnvelope(source ?? Plain, now ?? Now, contentType));

    public DecodedPayload Decode(string payload, string? contentType = null, PayloadSource? source = null)
        => Decode(Encoding.UTF8.GetBytes(payload), contentType, source);

    public static PayloadSource Node(string messageType, string? subDevice = null, string device = TelemetryApp.Device)
        => new(TelemetryApp.Town, device) { Sparkplug = new SparkplugTopic(TelemetryApp.Town, messageType, device, subDevice) };

    public static PayloadSource Mapped(PayloadMapping mapping) => Plain with { Map = PayloadMap.Of(mapping) };
}
