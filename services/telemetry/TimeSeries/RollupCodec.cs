namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Roll-ups of one series and resolution, ordered by bucket, as one value of a database.</summary>
internal static class RollupCodec
{
    /// <summary>Buckets that one value spans: half a day of minutes, a month of hours.</summary>
    public const int Span = 720;

    private const byte Version = 1;

    public static byte[] Encode(Resolution resolution, ReadOnlySpan<Rollup> rollups)
    {
        var writer = new ByteWriter();
        var numbers = new long[rollups.Length];
        var values = new double[rollups.Length];
        writer.Byte(Version);
        writer.Unsigned((ulong)rollups.Length);
        WriteNumbers(writer, rollups, numbers, static rollup => rollup.Bucket);
        WriteNumbers(writer, rollups, numbers, static rollup => rollup.Count);
        for (var index = 0; index < rollups.Length; index++)
        {
            numbers[index] = rollups[index].LastT - resolution.StartOf(rollups[index].Bucket);
        }

        Columns.WriteTimes(writer, numbers);
        WriteValues(writer, rollups, values, static rollup => rollup.Last);
        WriteValues(writer, rollups, values, static rollup => rollup.Minimum);
        WriteValues(writer, rollups, values, static rollup => rollup.Maximum);
        WriteValues(writer, rollups, values, static rollup => rollup.Sum);
        return writer.ToArray();
    }

    public static List<Rollup> Decode(Resolution resolution, ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version)
        {
            throw new InvalidDataException("Stored roll-ups are of a newer version of this program than the one that runs.");
        }

        var count = reader.Count(Span);
        var (buckets, counts, offsets) = (new long[count], new long[count], new long[count]);
        var (last, minima, maxima, sums) = (new double[count], new double[count], new double[count], new double[count]);
        Columns.ReadTimes(ref reader, buckets);
        Columns.ReadTimes(ref reader, counts);
        Columns.ReadTimes(ref reader, offsets);
        Columns.ReadValues(ref reader, last);
        Columns.ReadValues(ref reader, minima);
        Columns.ReadValues(ref reader, maxima);
        Columns.ReadValues(ref reader, sums);
        var rollups = new List<Rollup>(count);
        for (var index = 0; index < count; index++)
        {
            rollups.Add(new Rollup(buckets[index], counts[index], minima[index], maxima[index], sums[index], resolution.StartOf(buckets[index]) + offsets[index], last[index]));
        }

        return rollups;
    }

    private static void WriteNumbers(ByteWriter writer, ReadOnlySpan<Rollup> rollups, long[] numbers, Func<Rollup, long> of)
    {
        for (var index = 0; index < rollups.Length; index++)
        {
            numbers[index] = of(rollups[index]);
        }

        Columns.WriteTimes(writer, numbers);
    }

    private static void WriteValues(ByteWriter writer, ReadOnlySpan<Rollup> rollups, double[] values, Func<Rollup, double> of)
    {
        for (var index = 0; index < rollups.Length; index++)
        {
            values[index] = of(rollups[index]);
        }

        Columns.WriteValues(writer, values);
    }
}
