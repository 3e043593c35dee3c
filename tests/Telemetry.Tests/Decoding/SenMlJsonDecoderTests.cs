namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class SenMlJsonDecoderTests
{
    [Fact]
    public void Decode_WhenBaseFieldsAreGiven_TheyCarryOver()
    {
        var decoded = PlainJsonDecoderTests.Decode(
            """[{"bn":"urn:dev:ow:10e2073a01080063:","bt":1782842400,"bu":"m","n":"waterLevel","v":3.42},{"n":"waterLevel","t":60,"v":3.5},{"n":"temperature","u":"Cel","v":18}]""");

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.Select(measurement => (measurement.Metric, measurement.At.ToUnixTimeSeconds(), measurement.Value)).ShouldBe(
            [("waterLevelMetres", 1782842400, 3.42), ("waterLevelMetres", 1782842460, 3.5), ("temperatureCelsius", 1782842400, 18)]);
    }

    [Fact]
    public void Decode_WhenTimeIsRelative_CountsFromReceipt()
        => PlainJsonDecoderTests.Decode("""[{"n":"levelMetres","u":"m","t":-5,"v":1}]""")
            .Measurements.ShouldHaveSingleItem().At.ToUnixTimeSeconds().ShouldBe(1782842395);

    [Fact]
    public void Decode_WhenBaseValueIsGiven_IsAdded()
        => PlainJsonDecoderTests.Decode("""[{"n":"a","bv":10,"v":1.5}]""").Measurements.ShouldHaveSingleItem().Value.ShouldBe(11.5);

    [Theory]
    [InlineData("""[{"n":"a","v":1,"must_":2}]""", "payload-malformed")]
    [InlineData("""[{"n":"a","bver":99,"v":1}]""", "payload-malformed")]
    [InlineData("""[{"n":"a","bt":"soon","v":1}]""", "payload-malformed")]
    [InlineData("""[{"n":"a","vs":"wet"}]""", "value-not-a-number")]
    [InlineData("""[{"n":"a","t":"soon","v":1}]""", "time-malformed")]
    [InlineData("""[{"n":"urn:dev:","v":1}]""", "metric-name-malformed")]
    public void Decode_WhenRecordIsBad_NamesTheFault(string payload, string code)
    {
        var decoded = PlainJsonDecoderTests.Decode(payload);

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.Select(fault => fault.Code).ShouldContain(code);
    }

    // RFC 8428 section 5.1.2: several data points under one base name, at times relative to now.
    [Fact]
    public void Decode_WhenTimesAreRelativeToTheBase_EachHasItsOwn()
        => PlainJsonDecoderTests.Decode(
            """[{"bn":"urn:dev:ow:10e2073a0108006:","bt":1782842400.001,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},{"n":"current","t":-5,"v":1.2},{"n":"current","v":1.7}]""")
            .Measurements.Select(measurement => (measurement.Metric, measurement.At.ToUnixTimeMilliseconds(), measurement.Value)).ShouldBe(
                [("voltageVolts", 1782842400001, 120.1), ("currentAmperes", 1782842395001, 1.2), ("currentAmperes", 1782842400001, 1.7)]);

    [Fact]
    public void Decode_WhenTheLastPartIsNoMetricsName_IsRefused()
        => PlainJsonDecoderTests.Decode("""[{"bn":"urn:dev:ow:10e2073a01080063","u":"Cel","v":23.1}]""", "application/senml+json; charset=utf-8")
            .Faults.ShouldHaveSingleItem().Code.ShouldBe("metric-name-malformed");

    [Fact]
    public void Decode_WhenBaseNameAndNameAreOneWord_BothMakeTheMetric()
        => PlainJsonDecoderTests.Decode("""[{"bn":"room1/temp","n":"erature","u":"Cel","v":23.1}]""").Measurements.ShouldHaveSingleItem().Metric.ShouldBe("temperatureCelsius");

    [Fact]
    public void Decode_WhenABooleanHasABaseValue_IsNotChanged()
        => PlainJsonDecoderTests.Decode("""[{"n":"doorOpen","bv":10,"vb":true}]""").Measurements.ShouldHaveSingleItem().Value.ShouldBe(1);

    [Fact]
    public void Decode_WhenALaterRecordRefusesThePack_NothingOfItCounts()
    {
        var decoded = PlainJsonDecoderTests.Decode("""[{"n":"a","v":1},{"n":"b","v":2,"must_":true}]""");

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Message.ShouldContain("must_");
    }
}
