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
}
