using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SmartCity.Embedded.Journal;

/// <summary>One generation of the log on disk: <c>journal-000001.log</c>, the next rewrite makes <c>-000002</c>.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly long _generation;
    private long _length;

    private LogFile(string path, long generation, long length)
    {
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _generation = generation;
        _length = length;
        // Whatever follows the last good record was never acknowledged.
        RandomAccess.SetLength(_handle, length);
    }

    public long Length => Volatile.Read(ref _length);

    public static (LogFile File, long TornBytes) OpenNewest(string directory, AppendLogReplay replay, AppendLogOptions options)
    {
        var generations = Directory.GetFiles(directory, "journal-*.log").Order(StringComparer.Ordinal).ToArray();
        if (generations.Length == 0)
        {
            var first = new LogFile(PathOf(directory, 1), 1, 0);
            FlushName(directory, options);
            return (first, 0);
        }

        var newest = generations[^1];
        long good, total;
        using (var stream = new FileStream(newest, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan))
        {
            total = stream.Length;
            good = RecordFormat.Replay(stream, replay, options.MaximumRecordBytes);
        }

        if (good < total)
        {
            KeepTornTail(newest, good);
        }

        var generation = long.Parse(Path.GetFileNameWithoutExtension(newest).AsSpan("journal-".Length), CultureInfo.InvariantCulture);
        var file = new LogFile(newest, generation, good);
        foreach (var old in generations[..^1])
        {
            File.Delete(old);
        }

        return (file, total - good);
    }

    /// <summary>Writes a new generation, makes it the newest atomically, and removes the old one.</summary>
    public static LogFile Replace(string directory, LogFile old, ReadOnlySpan<byte> content, AppendLogOptions options)
    {
        var generation = old._generation + 1;
        var path = PathOf(directory, generation);
        var temporary = path + ".tmp";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            try
            {
                RandomAccess.Write(handle, content, 0);
                if (options.FlushToDisk)
                {
                    RandomAccess.FlushToDisk(handle);
                }
            }
            catch
            {
                // Half a snapshot would take the room that the old generation needs to go on.
                File.Delete(temporary);
                throw;
            }
        }

        File.Move(temporary, path, overwrite: true);
        LogFile file;
        try
        {
            FlushName(directory, options);
            file = new LogFile(path, generation, content.Length);
        }
        catch
        {
            // The old generation goes on; a newer one beside it would hide at the next start what is appended from now on.
            File.Delete(path);
            throw;
        }

        old.Dispose();
        File.Delete(PathOf(directory, old._generation));
        return file;
    }

    /// <summary>Writes a group of records; on a failure the file keeps its last good length.</summary>
    public void Write(ReadOnlySpan<byte> records, bool flushToDisk)
    {
        try
        {
            RandomAccess.Write(_handle, records, _length);
            if (flushToDisk)
            {
                RandomAccess.FlushToDisk(_handle);
            }

            Volatile.Write(ref _length, _length + records.Length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_handle, _length);
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void FlushName(string directory, AppendLogOptions options)
    {
        if (options.FlushToDisk)
        {
            DirectoryEntries.Flush(directory);
        }
    }

    private static string PathOf(string directory, long generation)
        => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"journal-{generation:D6}.log"));

    // A torn tail is normal after a kill; damage in the middle is not, so nothing is thrown away unseen.
    private static void KeepTornTail(string path, long good)
    {
        using var source = File.OpenRead(path);
        using var kept = File.Create(path + ".torn");
        source.Position = good;
        source.CopyTo(kept);
    }
}
