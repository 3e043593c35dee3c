using System.Buffers;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Points of one series, ordered by time, as one value of a database: about four bytes a point.</summary>
internal static class ChunkCodec
{
    /// <summary>Most points of a chunk: a chart of a month at one a minute reads some forty chunks.</summary>
    public const int MostPoints = 1_024;

    private const byte Version = 1;

    public static byte[] Encode(ReadOnlySpan<Point> points)
    {
        var numbers = ArrayPool<long>.Shared.Rent(points.Length);
        var values = ArrayPool<double>.Shared.Rent(points.Length);
        var column = numbers.AsSpan(0, points.Length);
        var reals = values.AsSpan(0, points.Length);
        var writer = new ByteWriter();
        writer.Byte(Version);
        writer.Unsigned((ulong)points.Length);
        for (var index = 0; index < points.Length; index++)
        {
            column[index] = points[index].T;
            reals[index] = points[index].Value;
        }

        Columns.WriteTimes(writer, column);
        Columns.WriteValues(writer, reals);
        for (var index = 0; index < points.Length; index++)
        {
            column[index] = points[index].ReceivedAt - points[index].T;
        }

        Columns.WriteTimes(writer, column);
        ArrayPool<long>.Shared.Return(numbers);
        ArrayPool<double>.Shared.Return(values);
        return writer.ToArray();
    }

    public static Point[] Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version)
        {
            throw new InvalidDataException("Stored readings are of a newer version of this program than the one that runs.");
        }

        var count = reader.Count(MostPoints);
        Span<long> times = count <= 128 ? stackalloc long[count] : new long[count];
        Span<long> delays = count <= 128 ? stackalloc long[count] : new long[count];
        Span<double> values = count <= 128 ? stackalloc double[count] : new double[count];
        Columns.ReadTimes(ref reader, times);
        Columns.ReadValues(ref reader, values);
        Columns.ReadTimes(ref reader, delays);
        var points = new Point[count];
        for (var index = 0; index < count; index++)
        {
            points[index] = new Point(times[index], values[index], times[index] + delays[index]);
        }

        return points;
    }
}
