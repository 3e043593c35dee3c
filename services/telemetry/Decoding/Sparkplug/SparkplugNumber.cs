using System.Buffers.Text;
using System.Globalization;

namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>Sparkplug's datatypes that are numbers (Sparkplug 3.0 section 6.4.16), and their values.</summary>
internal static class SparkplugNumber
{
    private const uint Int8 = 1;
    private const uint Int16 = 2;
    private const uint Int32 = 3;
    private const uint Int64 = 4;
    private const uint Boolean = 11;

    /// <summary>Whether values of the datatype are readings: integers, floating-point numbers and Boolean are 1 to 11. 0 is "not said".</summary>
    public static bool IsNumber(uint datatype) => datatype <= Boolean;

    /// <summary>
    /// Signed integers travel as their two's complement in unsigned fields. What an integer without a datatype is, nobody
    /// can tell: it is no number. Not finite where the node sends that.
    /// </summary>
    public static bool TryRead(SparkplugMetric metric, uint datatype, out double value)
    {
        value = 0;
        if (!IsNumber(datatype))
        {
            return false;
        }

        switch (metric.ValueCase)
        {
            case SparkplugMetric.ValueOneofCase.IntValue when datatype > 0:
                value = Integer(metric.IntValue, datatype);
                return true;
            case SparkplugMetric.ValueOneofCase.LongValue when datatype > 0:
                value = Integer(metric.LongValue, datatype);
                return true;
            case SparkplugMetric.ValueOneofCase.FloatValue:
                value = Widen(metric.FloatValue);
                return true;
            case SparkplugMetric.ValueOneofCase.DoubleValue:
                value = metric.DoubleValue;
                return true;
            case SparkplugMetric.ValueOneofCase.BooleanValue:
                value = metric.BooleanValue ? 1 : 0;
                return true;
            default:
                return false;
        }
    }

    private static double Integer(ulong bits, uint datatype) => datatype switch
    {
        Int8 => unchecked((sbyte)bits),
        Int16 => unchecked((short)bits),
        Int32 => unchecked((int)bits),
        Int64 => unchecked((long)bits),
        _ => bits,
    };

    // 3.3 as a float is 3.29999995: as the decimal number that the instrument meant, it reaches a threshold of 3.3.
    private static double Widen(float value)
    {
        Span<byte> digits = stackalloc byte[32];
        return float.IsFinite(value)
            && value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)
            && Utf8Parser.TryParse(digits[..length], out double widened, out var read) && read == length
            ? widened
            : value;
    }
}
