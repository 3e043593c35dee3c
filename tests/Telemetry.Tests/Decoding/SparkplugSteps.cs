using Google.Protobuf;
using SmartCity.Telemetry.Decoding.Sparkplug;

namespace SmartCity.Telemetry.Tests.Decoding;

/// <summary>Payloads of a Sparkplug node.</summary>
internal static class SparkplugSteps
{
    public const uint AsInt8 = 1;
    public const uint AsInt32 = 3;
    public const uint AsInt64 = 4;
    public const uint AsFloat = 9;
    public const uint AsDouble = 10;
    public const uint AsBoolean = 11;
    public const uint AsText = 12;

    public static SparkplugMetric Defined(string name, ulong alias, uint datatype, double value)
        => With(new SparkplugMetric { Name = name, Alias = alias, Datatype = datatype }, datatype, value);

    public static SparkplugMetric Aliased(ulong alias, uint datatype, double value) => With(new SparkplugMetric { Alias = alias }, datatype, value);

    /// <param name="sequence">Null for a death, which has none.</param>
    public static byte[] Payload(ulong? sequence, DateTimeOffset at, params SparkplugMetric[] metrics)
    {
        var payload = new SparkplugPayload { Timestamp = (ulong)at.ToUnixTimeMilliseconds(), Metrics = { metrics } };
        if (sequence is { } number)
        {
            payload.Seq = number;
        }

        return payload.ToByteArray();
    }

    public static SparkplugMetric BirthDeath(long number) => new() { Name = "bdSeq", Datatype = AsInt64, LongValue = (ulong)number };

    /// <summary>A birth with a level (alias 1), a counter below zero (2), a switch (3), a text (4) and the rebirth control.</summary>
    public static byte[] Birth(DateTimeOffset at, long birthDeath = 0) => Payload(0, at,
        BirthDeath(birthDeath),
        new SparkplugMetric { Name = "Node Control/Rebirth", Datatype = AsBoolean, BooleanValue = false },
        Defined("River/water level", 1, AsFloat, 3.3),
        Defined("counter", 2, AsInt32, -5),
        Defined("door open", 3, AsBoolean, 1),
        new SparkplugMetric { Name = "Properties/Make", Alias = 4, Datatype = AsText, StringValue = "ours" });

    private static SparkplugMetric With(SparkplugMetric metric, uint datatype, double value)
    {
        switch (datatype)
        {
            case AsFloat:
                metric.FloatValue = (float)value;
                break;
            case AsDouble:
                metric.DoubleValue = value;
                break;
            case AsBoolean:
                metric.BooleanValue = value != 0;
                break;
            case AsInt64:
                metric.LongValue = unchecked((ulong)(long)value);
                break;
            default:
                metric.IntValue = unchecked((uint)(int)value);
                break;
        }

        return metric;
    }
}
