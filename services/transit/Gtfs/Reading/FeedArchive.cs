using System.Globalization;
using System.IO.Compression;
using SmartCity.Transit.Gtfs.Notices;
using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>
/// The zip of a dataset, which may come from anybody: nothing is written to disk, what an entry says about its size is not
/// believed, and no more is unpacked than <see cref="FeedLimits"/> allow.
/// </summary>
internal sealed class FeedArchive : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly NoticeSink _notices;
    private long _unpackedBytes;

    private FeedArchive(ZipArchive zip, NoticeSink notices) => (_zip, _notices) = (zip, notices);

    /// <summary>Names of the files at the top of the zip.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>The archive, or null where nothing of it may be read; the notices say why.</summary>
    public static FeedArchive? Open(Stream stream, NoticeSink notices)
    {
        try
        {
            var archive = new FeedArchive(new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true), notices);
            if (archive.List())
            {
                return archive;
            }

            archive.Dispose();
        }
        catch (InvalidDataException exception)
        {
            notices.Add("unreadable_zip", detail: exception.Message);
        }

        return null;
    }

    /// <summary>The unpacked bytes of an entry; reading ends in an <see cref="InvalidDataException"/> where a limit is passed.</summary>
    public Stream? OpenEntry(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        var allowed = Math.Min(FeedLimits.EntryBytes, FeedLimits.TotalBytes - _unpackedBytes);
        return new BoundedStream(entry.Open(), allowed, entry.CompressedLength, bytes => _unpackedBytes += bytes);
    }

    public void Dispose() => _zip.Dispose();

    private bool List()
    {
        if (_zip.Entries.Count > FeedLimits.Entries)
        {
            _notices.Add("too_many_zip_entries", value: _zip.Entries.Count.ToString(CultureInfo.InvariantCulture), detail: FeedLimits.Entries.ToString(CultureInfo.InvariantCulture));
            return false;
        }

        var nested = new List<string>();
        var isSafe = true;
        foreach (var entry in _zip.Entries)
        {
            var name = entry.FullName;
            if (name.EndsWith('/') || name.StartsWith("__MACOSX/", StringComparison.Ordinal) || entry.Name.StartsWith('.'))
            {
                continue;
            }

            if (Escapes(name))
            {
                _notices.Add("zip_path_escape", name);
                isSafe = false;
            }
            else if (name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal))
            {
                nested.Add(name);
            }
            else if (!_entries.TryAdd(name, entry))
            {
                _notices.Add("duplicate_zip_entry", name);
                isSafe = false;
            }
        }

        foreach (var name in nested.Where(name => GtfsSchema.ByName.ContainsKey(name[(name.LastIndexOfAny(['/', '\\']) + 1)..])))
        {
            _notices.Add("invalid_input_files_in_subfolder", name);
            // With everything in a folder, that every file is missing at the top goes without saying.
            isSafe &= _entries.Count > 0;
        }

        return isSafe;
    }

    private static bool Escapes(string name)
        => name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);
}
