using System.Formats.Cbor;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class SenMlCborDecoderTests
{
    private const int BaseVersion = -1;
    private const int BaseName = -2;
    private const int BaseTime = -3;
    private const int BaseUnit = -4;
    private const int BaseValue = -5;
    private const int Name = 0;
    private const int Unit = 1;
    private const int Value = 2;
    private const int Boolean = 4;
    private const int Time = 6;

    // The pack of RFC 8428 section 6, with our times: base fields in the first record, relative times in the others.
    [Fact]
    public void Decode_WhenBaseFieldsAreGiven_TheyCarryOver()
    {
        var decoded = Decode(Pack(
            writer => Map(writer, (BaseName, "urn:dev:ow:10e2073a0108006:"), (BaseTime, 1782842400.001), (BaseUnit, "A"), (BaseVersion, 5), (Name, "voltage"), (Unit, "V"), (Value, 120.1)),
            writer => Map(writer, (Name, "current"), (Time, -5), (Value, 1.2)),
            writer => Map(writer, (Name, "current"), (Value, 1.7))));

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.Select(measurement => (measurement.Metric, measurement.At.ToUnixTimeMilliseconds(), measurement.Value)).ShouldBe(
            [("voltageVolts", 1782842400001, 120.1), ("currentAmperes", 1782842395001, 1.2), ("currentAmperes", 1782842400001, 1.7)]);
    }

    [Theory]
    [InlineData("00", 0)]
    [InlineData("1903e8", 1000)]
    [InlineData("1bffffffffffffffff", 18446744073709551615d)]
    [InlineData("20", -1)]
    [InlineData("3903e7", -1000)]
    [InlineData("3bffffffffffffffff", -18446744073709551616d)]
    [InlineData("f93e00", 1.5)]
    [InlineData("f90001", 5.960464477539063e-08)]
    [InlineData("fa47c35000", 100000)]
    [InlineData("fb3ff199999999999a", 1.1)]
    [InlineData("c48221196ab3", 273.15)]
    [InlineData("c4820c01", 1e12)]
    [InlineData("d8641864", 100)]
    [InlineData("f5", 1)]
    public void Decode_WhenANumberIsWrittenInAnyWay_IsThatNumber(string value, double expected)
    {
        var decoded = Decode(Convert.FromHexString("81a200616102" + value));

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.ShouldHaveSingleItem().Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("f97e00")]
    [InlineData("fa7f800000")]
    [InlineData("f6")]
    [InlineData("6131")]
    [InlineData("c24101")]
    [InlineData("c482190fff01")]
    public void Decode_WhenAValueIsNoFiniteNumber_IsRefused(string value)
        => Decode(Convert.FromHexString("81a200616102" + value)).Faults.ShouldHaveSingleItem().Code.ShouldBe("value-not-a-number");

    [Fact]
    public void Decode_WhenLengthsAreIndefinite_IsTheSamePack()
    {
        // [_ {_ 0: (_ "wa", "ter"), 2: 1 }]
        var decoded = Decode(Convert.FromHexString("9fbf007f62776163746572ff0201ffff"));

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.ShouldHaveSingleItem().Metric.ShouldBe("water");
    }

    [Fact]
    public void Decode_WhenItSaysThatItIsCbor_IsRead()
        => Decode([0xd9, 0xd9, 0xf7, .. Pack(writer => Map(writer, (Name, "a"), (Boolean, true)))]).Measurements.ShouldHaveSingleItem().Value.ShouldBe(1);

    [Fact]
    public void Decode_WhenBaseValueIsGiven_IsAdded()
        => Decode(Pack(writer => Map(writer, (BaseValue, 10), (Name, "a"), (Value, 1.5)))).Measurements.ShouldHaveSingleItem().Value.ShouldBe(11.5);

    [Fact]
    public void Decode_WhenAFieldIsUnknown_IsPassedOver()
    {
        // {0: "a", 99: [{1: [2]}], "x": "y", 2: 1}
        var decoded = Decode(Convert.FromHexString("81a40061611863" + "81a1018102" + "61786179" + "0201"));

        decoded.Faults.ShouldBeEmpty();
        decoded.Measurements.ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    [Theory]
    [InlineData("81a3006161020165" + "6d7573745f" + "01", "payload-malformed")]
    [InlineData("81a220186300616102", "payload-malformed")]
    [InlineData("81a30061612018630201", "payload-malformed")]
    [InlineData("81a22101006161", "payload-malformed")]
    [InlineData("81a12163616263", "")]
    [InlineData("81a20061610361" + "78", "value-not-a-number")]
    [InlineData("81a300616106617802" + "01", "time-malformed")]
    [InlineData("81a2006361623a0201", "metric-name-malformed")]
    [InlineData("81a2000102" + "01", "payload-malformed")]
    [InlineData("8101", "payload-malformed")]
    [InlineData("8100", "payload-malformed")]
    [InlineData("81a20061610201" + "00", "payload-malformed")]
    [InlineData("81a2006161", "payload-malformed")]
    [InlineData("9bffffffffffffffff", "payload-malformed")]
    [InlineData("81a1186381818181818181818181818101", "payload-malformed")]
    [InlineData("81a1186381" + "c0c0c0c0c0c0", "payload-malformed")]
    [InlineData("81a21b7fffffffffffffff01006161", "")]
    [InlineData("81a21bffffffffffffffff01006161", "payload-malformed")]
    public void Decode_WhenThePackIsBad_NamesTheFault(string payload, string code)
    {
        var decoded = Decode(Convert.FromHexString(payload));

        decoded.Measurements.ShouldBeEmpty();
        (decoded.Faults.Count == 0 ? "" : decoded.Faults[0].Code).ShouldBe(code);
    }

    [Fact]
    public void Decode_WhenTheContentTypeSaysCborAndItIsNot_SaysSo()
        => new TestDecoders().Decode("""[{"n":"a","v":1}]""", "application/senml+cbor").Faults.ShouldHaveSingleItem().Message.ShouldContain("CBOR");

    /// <summary>A pack of records.</summary>
    internal static byte[] Pack(params Action<CborWriter>[] records)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartArray(records.Length);
        foreach (var record in records)
        {
            record(writer);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static void Map(CborWriter writer, params (int Label, object Value)[] fields)
    {
        writer.WriteStartMap(fields.Length);
        foreach (var (label, value) in fields)
        {
            writer.WriteInt32(label);
            switch (value)
            {
                case string text:
                    writer.WriteTextString(text);
                    break;
                case bool flag:
                    writer.WriteBoolean(flag);
                    break;
                case int whole:
                    writer.WriteInt32(whole);
                    break;
                default:
                    writer.WriteDouble((double)value);
                    break;
            }
        }

        writer.WriteEndMap();
    }

    private static DecodedPayload Decode(byte[] payload) => new TestDecoders().Decode(payload);
}
