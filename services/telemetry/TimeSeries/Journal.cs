using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>
/// A committed batch as one value of a database: its points, and its messages, each by a series of its device, so that
/// what is read back after a crash gives the devices their counts again.
/// </summary>
internal static class Journal
{
    private const byte Version = 1;

    public static void Write(ByteWriter writer, HeadChanges changes)
    {
        writer.Clear();
        writer.Byte(Version);
        writer.Unsigned((ulong)changes.Points.Count);
        var (previousId, previousT) = (0L, 0L);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(changes.Points))
        {
            writer.Signed(entry.Series.Id - previousId);
            writer.Signed(entry.Point.T - previousT);
            writer.Signed(entry.Point.ReceivedAt - entry.Point.T);
            writer.Real(entry.Point.Value);
            (previousId, previousT) = (entry.Series.Id, entry.Point.T);
        }

        writer.Unsigned((ulong)changes.Messages.Count);
        foreach (ref readonly var message in CollectionsMarshal.AsSpan(changes.Messages))
        {
            writer.Unsigned((ulong)message.Series.Id);
            writer.Signed(message.NewestT);
            writer.Signed(message.ReceivedAt - message.NewestT);
        }
    }

    public static void Read(ReadOnlySpan<byte> bytes, Func<long, SeriesHead?> seriesOf, HeadChanges changes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version)
        {
            throw new InvalidDataException("The journal of readings is of a newer version of this program than the one that runs.");
        }

        var points = reader.Count(bytes.Length);
        var (id, t) = (0L, 0L);
        for (var index = 0; index < points; index++)
        {
            id += reader.Signed();
            t += reader.Signed();
            var receivedAt = t + reader.Signed();
            var value = reader.Real();
            if (seriesOf(id) is { } series)
            {
                changes.Points.Add((series, new Point(t, value, receivedAt)));
            }
        }

        var messages = reader.Count(bytes.Length);
        for (var index = 0; index < messages; index++)
        {
            var series = seriesOf((long)reader.Unsigned());
            var newest = reader.Signed();
            var receivedAt = newest + reader.Signed();
            if (series is not null)
            {
                changes.Messages.Add((series, newest, receivedAt));
            }
        }
    }
}
