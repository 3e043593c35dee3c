using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class MappedJsonDecoderTests
{
    private const string Uplink = """
        {
          "end_device_ids": { "device_id": "soil-1", "application_ids": { "application_id": "fields" } },
          "received_at": "2026-06-30T18:00:00.123456789Z",
          "uplink_message": {
            "f_port": 1, "frm_payload": "AQIDBA==",
            "decoded_payload": { "soil_temperature": 18.5, "moisture 10cm": 41, "leaking": false, "state": "ok", "raw": [1, 2] },
            "rx_metadata": [ { "gateway_ids": { "gateway_id": "hill" }, "rssi": -97, "snr": 7.25 }, { "rssi": -110, "snr": -3 } ]
          }
        }
        """;

    [Fact]
    public void TheThingsStack_WhenAnUplinkComes_GivesItsDecodedValuesAndTheRadio()
    {
        var decoded = Decode(Uplink, new PayloadMapping { Preset = "the-things-stack" });

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.Select(measurement => (measurement.Metric, measurement.Value)).ShouldBe(
            [("soil_temperature", 18.5), ("moisture.10cm", 41), ("leaking", 0), ("rssiDecibelMilliwatts", -97), ("snrDecibels", 7.25)]);
        decoded.Measurements.ShouldAllBe(measurement => measurement.At == TestDecoders.Now.AddTicks(1234568));
    }

    [Fact]
    public void TheThingsStack_WhenTheTownAddsToIt_BothAreRead()
    {
        var mapping = Mapping(("soilTemperatureCelsius", new("$.uplink_message.decoded_payload.soil_temperature")), ("snrDecibels", new("$.uplink_message.rx_metadata[-1].snr"))) with { Preset = "the-things-stack" };

        var values = Decode(Uplink, mapping).Measurements.ToDictionary(measurement => measurement.Metric, measurement => measurement.Value);

        values["soilTemperatureCelsius"].ShouldBe(18.5);
        values["snrDecibels"].ShouldBe(-3);
        values["soil_temperature"].ShouldBe(18.5);
    }

    [Fact]
    public void TheThingsStack_WhenItIsNoUplink_SaysThatNothingWasFound()
        => Decode("""{"received_at":"2026-06-30T18:00:00Z","join_accept":{}}""", new PayloadMapping { Preset = "the-things-stack" })
            .Faults.ShouldHaveSingleItem().Code.ShouldBe("mapping-found-nothing");

    [Fact]
    public void Values_WhenFactorAndOffsetAreGiven_AreInTheMetricsUnit()
        => Decode("""{"d":[{"t":725}]}""", Mapping(("airTemperatureCelsius", new("$.d[0].t", 0.1, -40)))).Measurements.ShouldHaveSingleItem().Value.ShouldBe(32.5);

    [Theory]
    [InlineData("""{"a":"3.5e0"}""", 3.5)]
    [InlineData("""{"a":true}""", 1)]
    [InlineData("""{"a":-2}""", -2)]
    public void Values_WhenTheyAreWrittenAsTexts_AreNumbersAllTheSame(string payload, double expected)
        => Decode(payload, Mapping(("level", new("$.a")))).Measurements.ShouldHaveSingleItem().Value.ShouldBe(expected);

    [Theory]
    [InlineData("""{"a":"wet"}""", "value-not-a-number")]
    [InlineData("""{"a":{}}""", "value-not-a-number")]
    [InlineData("""{"a":1e999}""", "value-not-a-number")]
    [InlineData("""{"a":"∞"}""", "value-not-a-number")]
    [InlineData("""{"b":1}""", "mapping-found-nothing")]
    [InlineData("[]", "mapping-found-nothing")]
    [InlineData("{", "payload-malformed")]
    public void Values_WhenTheyAreBad_NameTheFault(string payload, string code)
    {
        var decoded = Decode(payload, Mapping(("level", new("$.a"))));

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void Values_WhenOneIsNullOrMissing_AreGaps()
    {
        var decoded = Decode("""{"a":null,"c":1}""", Mapping(("a", new("$.a")), ("b", new("$.b")), ("c", new("$['c']"))));

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.ShouldHaveSingleItem().Metric.ShouldBe("c");
    }

    [Fact]
    public void Wildcard_WhenItStandsBeforeAName_GivesEachItsIndex()
        => Decode("""{"tanks":[{"level":1},{"other":2},{"level":3}]}""", Mapping(("tank*Metres", new("$.tanks[*].level"))))
            .Measurements.Select(measurement => (measurement.Metric, measurement.Value)).ShouldBe([("tank0Metres", 1), ("tank2Metres", 3)]);

    [Theory]
    [InlineData("1782842400.5", TimeFormat.UnixSeconds, 500)]
    [InlineData("\"1782842400\"", TimeFormat.UnixSeconds, 0)]
    [InlineData("1782842400250", TimeFormat.UnixMilliseconds, 250)]
    [InlineData("\"2026-07-01T03:00:00.750+09:00\"", TimeFormat.Rfc3339, 750)]
    public void Time_WhenItIsOfTheFormat_IsTheMeasurements(string time, TimeFormat format, int milliseconds)
        => Decode($$"""{"ts":{{time}},"a":1}""", Timed(format)).Measurements.ShouldHaveSingleItem().At.UtcDateTime
            .ShouldBe(TestDecoders.Now.UtcDateTime.AddMilliseconds(milliseconds));

    [Theory]
    [InlineData("\"soon\"", TimeFormat.UnixSeconds)]
    [InlineData("1e300", TimeFormat.UnixMilliseconds)]
    [InlineData("1782842400", TimeFormat.Rfc3339)]
    [InlineData("{}", TimeFormat.Rfc3339)]
    public void Time_WhenItIsNot_RefusesTheMessage(string time, TimeFormat format)
    {
        var decoded = Decode($$"""{"ts":{{time}},"a":1}""", Timed(format));

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("time-malformed");
    }

    [Fact]
    public void Time_WhenItIsMissing_IsTheTimeOfReceipt()
        => Decode("""{"a":1}""", Timed(TimeFormat.Rfc3339)).Measurements.ShouldHaveSingleItem().At.ShouldBe(TestDecoders.Now);

    private static PayloadMapping Mapping(params (string Metric, MappedValue Value)[] values)
        => new() { Values = values.ToDictionary(entry => entry.Metric, entry => entry.Value, StringComparer.Ordinal) };

    private static PayloadMapping Timed(TimeFormat format) => Mapping(("a", new("$.a"))) with { Time = new MappedTime { Path = "$.ts", Format = format } };

    private static DecodedPayload Decode(string payload, PayloadMapping mapping) => new TestDecoders().Decode(payload, source: TestDecoders.Mapped(mapping));
}
