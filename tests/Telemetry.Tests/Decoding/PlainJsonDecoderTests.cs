using System.Buffers;
using System.Text;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class PlainJsonDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Decode_WhenObjectHasTimeAndMetrics_GivesEachMetricAtThatTime()
    {
        var decoded = Decode("""{"t":"2026-07-01T03:00:00+09:00","waterLevelMetres":3.42,"batteryVolts":3.6}""");

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.ShouldBe([new("waterLevelMetres", Now, 3.42), new("batteryVolts", Now, 3.6)]);
    }

    [Theory]
    [InlineData("1782842400")]
    [InlineData("1782842400000")]
    [InlineData("\"2026-06-30T18:00:00Z\"")]
    [InlineData("\"2026-07-01T03:00:00.000+09:00\"")]
    public void Decode_WhenTimeIsInAnyAcceptedForm_IsTheSameInstant(string time)
        => Decode($$"""{"t":{{time}},"a":1}""").Measurements.ShouldHaveSingleItem().At.UtcDateTime.ShouldBe(Now.UtcDateTime);

    [Fact]
    public void Decode_WhenTimeIsMissing_UsesTheTimeOfReceipt()
        => Decode("""{"waterLevelMetres":1}""").Measurements.ShouldHaveSingleItem().At.ShouldBe(Now);

    [Theory]
    [InlineData("\"2026-07-01T03:00:00\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-01T03:00:00Z\"")]
    [InlineData("true")]
    [InlineData("1e300")]
    public void Decode_WhenTimeIsMalformed_RefusesTheObjectAndSaysWhatIsRight(string time)
    {
        var decoded = Decode($$"""{"t":{{time}},"a":1}""");

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("time-malformed");
        decoded.Faults[0].Message.ShouldContain("+09:00");
    }

    [Fact]
    public void Decode_WhenOneOfManyIsBad_KeepsTheGoodOnes()
    {
        var decoded = Decode("""[{"t":"2026-07-01T03:00:00+09:00","a":1,"b":"wet"},7,{"t":"never","a":2},{"t":"2026-07-01T03:00:00+09:00","c":true,"d":null}]""");

        decoded.Measurements.Select(measurement => (measurement.Metric, measurement.Value)).ShouldBe([("a", 1), ("c", 1)]);
        decoded.Faults.Select(fault => fault.Code).ShouldBe(["value-not-a-number", "payload-malformed", "time-malformed"]);
    }

    [Theory]
    [InlineData("{\"1a\":1}", "metric-name-malformed")]
    [InlineData("{\"水位\":1}", "metric-name-malformed")]
    [InlineData("{\"a\":1e999}", "value-not-a-number")]
    [InlineData("{\"a\":{\"b\":1}}", "value-not-a-number")]
    [InlineData("{\"a\":", "payload-malformed")]
    [InlineData("", "payload-malformed")]
    [InlineData("42", "payload-malformed")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]", "payload-malformed")]
    public void Decode_WhenPayloadIsBad_NamesTheFault(string payload, string code)
    {
        var decoded = Decode(payload);

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void Decode_WhenPayloadIsNotUtf8_IsMalformed()
        => new PayloadDecoders([new SenMlJsonDecoder(), new PlainJsonDecoder()])
            .Decode(new ReadOnlySequence<byte>([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']), null, Now)
            .Faults.ShouldHaveSingleItem().Code.ShouldBeOneOf("payload-malformed", "metric-name-malformed");

    [Fact]
    public void Decode_WhenPayloadsAreMutated_NeverThrows()
    {
        var random = new Random(20260701);
        var seeds = new[]
        {
            """[{"bn":"urn:dev:x:","bt":1782842400,"n":"level","u":"m","v":3.42},{"n":"t","vb":true}]""",
            """[{"t":"2026-07-01T03:00:00+09:00","a":1,"b":-2.5e3},{"t":1782842400,"c":true}]""",
        };
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(seeds[round % 2]);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var decoded = new PayloadDecoders([new SenMlJsonDecoder(), new PlainJsonDecoder()]).Decode(new ReadOnlySequence<byte>(bytes), null, Now);
            decoded.Measurements.ShouldAllBe(measurement => double.IsFinite(measurement.Value) && measurement.Metric.Length <= 64);
        }
    }

    internal static DecodedPayload Decode(string payload, string? contentType = null)
        => new PayloadDecoders([new SenMlJsonDecoder(), new PlainJsonDecoder()])
            .Decode(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)), contentType, Now);
}
