using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Gtfs.Notices;
using SmartCity.Transit.Gtfs.Reading;
using SmartCity.Transit.Gtfs.Reading.Files;
using SmartCity.Transit.Gtfs.Rules;
using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs;

/// <summary>What came of reading a dataset.</summary>
/// <param name="Feed">Null where it can't be served; the notices say why.</param>
public sealed record FeedReading(GtfsFeed? Feed, FeedNotices Notices);

/// <summary>Reads a GTFS zip: every file against its schema, then the rules over the whole.</summary>
public static class FeedReader
{
    /// <param name="zip">Must be seekable; it may come from anybody.</param>
    /// <param name="now">What "expired" is measured against.</param>
    public static FeedReading Read(Stream zip, DateTimeOffset now)
    {
        var notices = new NoticeSink();
        using var archive = FeedArchive.Open(zip, notices);
        if (archive is null)
        {
            return new FeedReading(null, notices.Freeze());
        }

        var draft = new FeedDraft(new ReadingContext(notices));
        try
        {
            ReadFiles(archive, draft);
        }
        catch (FeedTooLargeException exception)
        {
            notices.Add(exception.Code, detail: exception.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new FeedReading(null, notices.Freeze());
        }

        var feed = FeedAssembly.Build(draft);
        FeedRules.Check(new RuleContext(feed, draft.Lines, draft.Context, now));
        StopTimeFiller.Fill(feed.StopTimes, feed.Trips);
        return new FeedReading(notices.IsRefused ? null : feed, notices.Freeze());
    }

    private static void ReadFiles(FeedArchive archive, FeedDraft draft)
    {
        draft.Context.Present.UnionWith(archive.Names);
        foreach (var name in archive.Names.Where(name => !GtfsSchema.ByName.ContainsKey(name) && !GtfsSchema.KnownElsewhere.Contains(name)))
        {
            draft.Context.Notices.Add("unknown_file", name);
        }

        foreach (var schema in GtfsSchema.Files)
        {
            if (schema.Name == "stop_times.txt")
            {
                ReadZones(archive, draft);
            }

            ReadFile(archive, schema, draft);
        }
    }

    private static void ReadFile(FeedArchive archive, FileSchema schema, FeedDraft draft)
    {
        try
        {
            using var stream = archive.OpenEntry(schema.Name);
            if (stream is null)
            {
                Missing(schema, draft.Context);
                return;
            }

            if (EncodingCheck.Check(stream, schema.Name, draft.Context) is { } text)
            {
                using var csv = new CsvReader(text);
                ReadRows(new GtfsTable(schema, csv, draft.Context), schema, draft);
            }
            else
            {
                draft.Context.Unreadable.Add(schema.Name);
            }
        }
        catch (CsvRowTooLongException exception)
        {
            draft.Context.Unreadable.Add(schema.Name);
            draft.Context.Fault("csv_parsing_failed", schema.Name, exception.Line, detail: exception.Message);
        }
        catch (InvalidDataException exception)
        {
            Damaged(schema.Name, draft.Context, exception);
        }
    }

    // What was read of the entry is not the whole, or it is packed in a way that cannot be read.
    private static void Damaged(string name, ReadingContext context, InvalidDataException exception)
    {
        context.Unreadable.Add(name);
        context.Notices.Add("unreadable_zip", name, detail: exception.Message);
    }

    private static void ReadRows(GtfsTable table, FileSchema schema, FeedDraft draft)
    {
        if (!table.Open())
        {
            draft.Context.Unreadable.Add(schema.Name);
            return;
        }

        if (FileLoaders.ByFile.TryGetValue(schema.Name, out var loader))
        {
            loader.Load(table, draft);
        }
        else
        {
            while (table.Next())
            {
                // The checks are all that is wanted of these.
            }
        }

        if (table.Count == 0 && schema.Presence == FilePresence.Required && !draft.Context.Unreadable.Contains(schema.Name))
        {
            draft.Context.Notices.Add("empty_file", schema.Name);
        }

        if (schema.IsSingle && table.Count > 1)
        {
            draft.Context.Notices.Add("more_than_one_entity", schema.Name, value: table.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void ReadZones(FeedArchive archive, FeedDraft draft)
    {
        try
        {
            using var stream = archive.OpenEntry(GeoJsonReader.File);
            if (stream is not null)
            {
                GeoJsonReader.Load(stream, draft);
            }
        }
        catch (InvalidDataException exception)
        {
            Damaged(GeoJsonReader.File, draft.Context, exception);
        }
    }

    private static void Missing(FileSchema schema, ReadingContext context)
    {
        // A feed whose rides are all within areas needs no stops.
        if (schema.Presence == FilePresence.Required || (schema.Name == "stops.txt" && !context.Has(GeoJsonReader.File)))
        {
            context.Unreadable.Add(schema.Name);
            context.Notices.Add("missing_required_file", schema.Name);
        }
        else if (schema.Name == "feed_info.txt" && context.Has("translations.txt"))
        {
            // Required then, but nothing is wrong for riders: the language of the texts is the agency's.
            context.Notices.AddHarmless("missing_required_file", schema.Name);
        }
        else if (schema.Presence == FilePresence.Recommended)
        {
            context.Notices.Add("missing_recommended_file", schema.Name);
        }
        else if (schema.Name == "calendar_dates.txt" && !context.Has("calendar.txt"))
        {
            context.Unreadable.Add(schema.Name);
            context.Notices.Add("missing_calendar_and_calendar_date_files", "calendar.txt");
        }
    }
}
