namespace SmartCity.Telemetry.TimeSeries;

/// <summary>
/// Columns of numbers that resemble their neighbours. Sensors report at even intervals and with few decimals: then a time
/// takes one byte and a value one or two.
/// </summary>
internal static class Columns
{
    private const int MostDecimals = 9;
    private const byte AsTheyAre = byte.MaxValue;

    /// <summary>Beyond it not every integer is a double.</summary>
    private const double LargestInteger = 9_007_199_254_740_992;

    private static readonly double[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    private static readonly long[] TimeUnits = [60_000_000, 1_000_000, 1_000, 1];

    /// <summary>Times in microseconds, of any order: differences of differences in the largest unit that divides all of them.</summary>
    public static void WriteTimes(ByteWriter writer, ReadOnlySpan<long> times)
    {
        var (previous, previousStep, unit) = (0L, 0L, UnitOf(times));
        writer.Unsigned((ulong)unit);
        foreach (var time in times)
        {
            var step = (time / unit) - previous;
            writer.Signed(step - previousStep);
            (previous, previousStep) = (time / unit, step);
        }
    }

    public static void ReadTimes(ref ByteReader reader, scoped Span<long> times)
    {
        var (previous, step, unit) = (0L, 0L, (long)reader.Unsigned());
        for (var index = 0; index < times.Length; index++)
        {
            step += reader.Signed();
            previous += step;
            times[index] = previous * unit;
        }
    }

    /// <summary>Values as integers of the fewest decimals that give every one back bit by bit, or else as they are.</summary>
    public static void WriteValues(ByteWriter writer, ReadOnlySpan<double> values)
    {
        var decimals = DecimalsOf(values);
        writer.Byte(decimals);
        var previous = 0L;
        foreach (var value in values)
        {
            if (decimals == AsTheyAre)
            {
                writer.Real(value);
                continue;
            }

            var integer = (long)Math.Round(value * PowersOfTen[decimals]);
            writer.Signed(integer - previous);
            previous = integer;
        }
    }

    public static void ReadValues(ref ByteReader reader, scoped Span<double> values)
    {
        var decimals = reader.Byte();
        if (decimals is > MostDecimals and not AsTheyAre)
        {
            throw ByteReader.Damaged();
        }

        var previous = 0L;
        for (var index = 0; index < values.Length; index++)
        {
            if (decimals == AsTheyAre)
            {
                values[index] = reader.Real();
                continue;
            }

            previous += reader.Signed();
            values[index] = previous / PowersOfTen[decimals];
        }
    }

    private static long UnitOf(ReadOnlySpan<long> times)
    {
        var unit = 0;
        foreach (var time in times)
        {
            while (time % TimeUnits[unit] != 0)
            {
                unit++;
            }
        }

        return TimeUnits[unit];
    }

    private static byte DecimalsOf(ReadOnlySpan<double> values)
    {
        byte decimals = 0;
        foreach (var value in values)
        {
            while (!IsExact(value, decimals))
            {
                if (++decimals > MostDecimals)
                {
                    return AsTheyAre;
                }
            }
        }

        return decimals;
    }

    private static bool IsExact(double value, int decimals)
    {
        var integer = Math.Round(value * PowersOfTen[decimals]);
        // By bits, since -0.0 equals 0.0 and must come back as it was.
        return Math.Abs(integer) < LargestInteger
            && BitConverter.DoubleToInt64Bits((long)integer / PowersOfTen[decimals]) == BitConverter.DoubleToInt64Bits(value);
    }
}
