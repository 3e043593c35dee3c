using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class PlainJsonDecoderTests
{
    private static readonly DateTimeOffset Now = TestDecoders.Now;

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
        => new TestDecoders().Decode([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'])
            .Faults.ShouldHaveSingleItem().Code.ShouldBeOneOf("payload-malformed", "metric-name-malformed");

    [Fact]
    public void Decode_WhenTheTimeStandsBehindTheMetrics_IsTheirsAllTheSame()
        => Decode("""[{"a":1,"t":"2026-07-01T02:00:00+09:00","b":2},{"c":3}]""").Measurements
            .ShouldBe([new("a", Now.AddHours(-1), 1), new("b", Now.AddHours(-1), 2), new("c", Now, 3)]);

    [Fact]
    public void Decode_WhenAMalformedTimeStandsBehindTheMetrics_TakesThemAndTheirFaultsBack()
    {
        var decoded = Decode("""[{"a":1,"b":"wet","t":"soon"},{"c":3}]""");

        decoded.Measurements.ShouldHaveSingleItem().Metric.ShouldBe("c");
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("time-malformed");
    }

    [Theory]
    [InlineData("{\"a\":1} 2")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[{\"a\":1},{\"b\":2}")]
    [InlineData("{\"a\":1} /* b */")]
    public void Decode_WhenTheEndIsNoJson_NothingOfItCounts(string payload)
    {
        var decoded = Decode(payload);

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("payload-malformed");
    }

    [Fact]
    public void Decode_WhenNamesAreEscaped_AreTheSameNames()
        => Decode("""{"\u0074":1782842400,"w\u0061ter":1}""").Measurements.ShouldBe([new("water", Now.ToUniversalTime(), 1)]);

    [Fact]
    public void Decode_WhenManyMessagesNameAMetric_OneStringServesThemAll()
    {
        var decoders = new TestDecoders();
        var first = decoders.Decode("""{"waterLevelMetres":1}""").Measurements[0].Metric;

        decoders.Decode("""{"waterLevelMetres":2}""").Measurements[0].Metric.ShouldBeSameAs(first);
        decoders.Decode("""[{"n":"urn:dev:1:","v":1},{"n":"waterLevelMetres","v":2}]""").Measurements[0].Metric.ShouldBeSameAs(first);
    }

    [Fact]
    public void Decode_WhenThereAreTooMany_KeepsSoManyAndSaysSoOnce()
    {
        var decoded = Decode("[" + string.Join(',', Enumerable.Range(0, DecodedPayload.MaximumMeasurements + 10).Select(second => $$"""{"t":{{second}},"a":1}""")) + "]");

        decoded.Measurements.Count.ShouldBe(DecodedPayload.MaximumMeasurements);
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("too-many-measurements");
    }

    internal static DecodedPayload Decode(string payload, string? contentType = null) => new TestDecoders().Decode(payload, contentType);
}
