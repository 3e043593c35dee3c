using System.IO.Compression;
using System.Text;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>
/// Whether a file is a GTFS feed at all: a readable zip with the files that GTFS Schedule requires
/// (https://gtfs.org/documentation/schedule/reference/#dataset-files), each with its key column and a row. What the rows
/// mean is the transit service's to judge. Nothing is written to disk, and no entry is read beyond a limit.
/// </summary>
public static class TransitFeedFile
{
    private const int MostEntries = 1000;
    private const long MostBytesOfEntry = 256L * 1024 * 1024;
    private const int MostCharactersOfLine = 64 * 1024;

    private static readonly (string File, string Column, bool IsCounted)[] Required =
    [
        ("agency.txt", "agency_name", false),
        ("stops.txt", "stop_id", true),
        ("routes.txt", "route_id", true),
        ("trips.txt", "trip_id", true),
        ("stop_times.txt", "trip_id", false),
    ];

    private static readonly string[] Calendars = ["calendar.txt", "calendar_dates.txt"];

    /// <param name="name">Of the file.</param>
    /// <param name="content">Of the file.</param>
    public static IEnumerable<Notice> Check(string name, byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            return zip.Entries.Count > MostEntries
                ? [Error(name, "feed-too-large", null, $"has {zip.Entries.Count} entries; {MostEntries} are the most")]
                : Check(name, zip);
        }
        catch (InvalidDataException exception)
        {
            return [Error(name, "feed-unreadable", null, $"is no zip file that can be read: {exception.Message}")];
        }
    }

    private static List<Notice> Check(string name, ZipArchive zip)
    {
        var notices = new List<Notice>();
        var counts = new List<string>();
        foreach (var (file, column, isCounted) in Required)
        {
            if (zip.GetEntry(file) is not { } entry)
            {
                notices.Add(Error(name, "feed-file-missing", file, $"has no {file}, which GTFS requires at the top of the zip"));
                continue;
            }

            var (header, rows) = Read(entry, isCounted);
            if (!header.Contains(column, StringComparer.Ordinal))
            {
                notices.Add(Error(name, "feed-column-missing", $"{file}: {column}", $"has a {file} without the column {column}"));
            }
            else if (rows == 0)
            {
                notices.Add(Error(name, "feed-file-empty", file, $"has no row in {file}"));
            }

            if (isCounted)
            {
                counts.Add($"{file[..^4]}: {rows}");
            }
        }

        if (Calendars.All(calendar => zip.GetEntry(calendar) is null))
        {
            notices.Add(Error(name, "feed-file-missing", "calendar.txt", "has neither calendar.txt nor calendar_dates.txt: no day would have a trip"));
        }

        return notices.Count > 0 ? notices : [new Notice("feed-read", NoticeSeverity.Info, $"{name}: {string.Join("; ", counts)}.") { File = name }];
    }

    private static (string[] Header, long Rows) Read(ZipArchiveEntry entry, bool isCounted)
    {
        using var reader = new StreamReader(new BoundedStream(entry.Open(), MostBytesOfEntry), Encoding.UTF8);
        var header = (Line(reader) ?? "").Split(',').Select(column => column.Trim().Trim('"')).ToArray();
        var rows = 0L;
        // A quoted line break would count twice: a count for people, not a check.
        while ((isCounted || rows == 0) && Line(reader) is { } line)
        {
            rows += line.Length > 0 ? 1 : 0;
        }

        return (header, rows);
    }

    private static string? Line(StreamReader reader)
    {
        var line = new StringBuilder();
        for (var next = reader.Read(); ; next = reader.Read())
        {
            if (next is -1 or '\n')
            {
                return next == -1 && line.Length == 0 ? null : line.ToString().TrimEnd('\r');
            }

            if (line.Length < MostCharactersOfLine)
            {
                line.Append((char)next);
            }
        }
    }

    private static Notice Error(string name, string code, string? field, string what)
        => new(code, NoticeSeverity.Error, $"{name} {what}.") { File = name, Field = field };

    /// <summary>Ends in an error where a zip unpacks to more than it may.</summary>
    private sealed class BoundedStream(Stream inner, long most) : ForwardReading
    {
        private long _left = most;

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _left -= read;
            return _left < 0 ? throw new InvalidDataException("an entry unpacks to more than 256 MiB.") : read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
