using System.Text;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Payloads;
using SmartCity.Telemetry.Decoding;
using static SmartCity.Telemetry.Tests.Decoding.SparkplugSteps;

namespace SmartCity.Telemetry.Tests.Decoding;

/// <summary>Good payloads of every format with bytes changed, taken away, doubled and moved; the seed makes each run the same.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 6_000;

    private static readonly PayloadMapping Mapping = new()
    {
        Preset = "the-things-stack",
        Values = new Dictionary<string, MappedValue>(StringComparer.Ordinal) { ["level"] = new("$.a[0]['b']", 1e300, 1), ["x*"] = new("$.a[*].b") },
    };

    private static readonly Dictionary<string, (PayloadSource? Source, string? ContentType, byte[][] Payloads)> Formats = new(StringComparer.Ordinal)
    {
        ["plain"] = (null, null, Texts("""{"t":"2026-07-01T03:00:00+09:00","waterLevelMetres":3.42,"b":null}""", """[{"a":1,"b":-2.5e3,"t":1782842400},{"t":1782842400,"c":true}]""")),
        ["senml+json"] = (null, "application/senml+json", Texts("""[{"bn":"urn:dev:x:","bt":1782842400,"bver":5,"n":"level","u":"m","v":3.42},{"n":"t","vb":true,"t":-5},{"n":"a","bv":1,"v":1,"vs":"x"}]""")),
        ["senml+cbor"] = (null, "application/senml+cbor",
        [
            SenMlCborDecoderTests.Pack(
                writer => SenMlCborDecoderTests.Map(writer, (-2, "urn:dev:x:"), (-3, 1782842400.5), (-1, 5), (0, "level"), (1, "m"), (2, 3.42)),
                writer => SenMlCborDecoderTests.Map(writer, (0, "t"), (4, true), (6, -5))),
            Convert.FromHexString("9fbf007f62776163746572ff02c48221196ab3186381a1018102ffff"),
        ]),
        ["nbirth"] = (TestDecoders.Node(SparkplugTopic.NodeBirth), null, [Birth(TestDecoders.Now, 3)]),
        ["ndata"] = (TestDecoders.Node(SparkplugTopic.NodeData), null, [Payload(1, TestDecoders.Now, Aliased(1, AsFloat, 3.5), Aliased(2, AsInt32, -6), Aliased(3, AsBoolean, 0))]),
        ["dbirth"] = (TestDecoders.Node(SparkplugTopic.DeviceBirth, "Pump 1"), null, [Payload(1, TestDecoders.Now, Defined("flow", 10, AsDouble, 7), Defined("n", 11, AsInt8, -7))]),
        ["ndeath"] = (TestDecoders.Node(SparkplugTopic.NodeDeath), null, [Payload(null, TestDecoders.Now, BirthDeath(3))]),
        ["mapped"] = (TestDecoders.Mapped(Mapping), null, Texts(
            """{"received_at":"2026-06-30T18:00:00Z","uplink_message":{"decoded_payload":{"t":1.5,"ok":true},"rx_metadata":[{"rssi":-97,"snr":7.2}]},"a":[{"b":"3"},{"b":4}]}""")),
    };

    public static TheoryData<string> Names { get; } = [.. Formats.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_WhenPayloadsAreMutated_GivesMeasurementsOrFaultsAndNothingElse(string format)
    {
        var random = new Random(20260701);
        var decoders = new TestDecoders();
        var (source, contentType, payloads) = Formats[format];
        for (var round = 0; round < Rounds; round++)
        {
            var decoded = decoders.Decode(Mutate(payloads[round % payloads.Length], random), contentType, source);

            var isSound = decoded.Faults.Count <= 8 && decoded.Measurements.Count <= DecodedPayload.MaximumMeasurements
                && decoded.Measurements.TrueForAll(measurement => double.IsFinite(measurement.Value) && MetricName.IsValid(measurement.Metric));
            isSound.ShouldBeTrue($"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_WhenPayloadsAreWhole_HaveNoFault(string format)
    {
        var decoders = new TestDecoders();
        decoders.Decode(Birth(TestDecoders.Now, 3), source: TestDecoders.Node(SparkplugTopic.NodeBirth));
        var (source, contentType, payloads) = Formats[format];

        payloads.SelectMany(payload => decoders.Decode(payload, contentType, source).Faults).ShouldBeEmpty();
    }

    [Fact]
    public void Decode_WhenAPayloadIsHugeAndHollow_AllocatesNoMoreThanAFewTimesItsSize()
    {
        const int Size = 1024 * 1024;
        var hollow = new (byte[] Payload, PayloadSource? Source)[]
        {
            (Enumerable.Repeat((byte)0x81, Size).ToArray(), null),
            (Enumerable.Repeat(new byte[] { 0x12, 0x00 }, Size / 2).SelectMany(bytes => bytes).ToArray(), TestDecoders.Node(SparkplugTopic.NodeBirth)),
            (Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("[],", Size / 3)) + "1]"), null),
            (Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("{},", Size / 3)) + "1]"), TestDecoders.Mapped(Mapping)),
        };
        var decoders = new TestDecoders();
        foreach (var (payload, source) in hollow)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();

            decoders.Decode(payload, source: source).Faults.ShouldNotBeEmpty();

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(40 * Size);
        }
    }

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static byte[] Mutate(byte[] payload, Random random)
    {
        var bytes = payload.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var place = random.Next(bytes.Count);
            var length = random.Next(1, Math.Min(16, bytes.Count - place) + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(place, length);
                    break;
                case 1:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                case 2:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes[place] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
