namespace SmartCity.Transit.Gtfs.Reading.Files;

/// <summary>Takes the rows of one file into the draft. A new file is one more of these, in <see cref="FileLoaders"/>.</summary>
internal interface IFileLoader
{
    string File { get; }

    /// <summary>Reads every row; the header has been read.</summary>
    void Load(GtfsTable table, FeedDraft draft);
}

/// <summary>Every loader, by its file.</summary>
internal static class FileLoaders
{
    public static IReadOnlyDictionary<string, IFileLoader> ByFile { get; } = new IFileLoader[]
    {
        new AgencyLoader(), new FeedInfoLoader(), new AttributionLoader(), new LevelLoader(), new StopLoader(), new PathwayLoader(), new RouteLoader(),
        new CalendarLoader(), new CalendarDateLoader(), new ShapeLoader(), new TripLoader(), new StopTimeLoader(), new FrequencyLoader(), new TransferLoader(),
        new FareLoader(), new FareRuleLoader(), new TranslationLoader(), new LocationGroupLoader(), new LocationGroupStopLoader(), new BookingRuleLoader(),
        new JapanAgencyLoader(), new JapanOfficeLoader(), new JapanRouteLoader("routes_jp.txt", "route_id"), new JapanRouteLoader("pattern_jp.txt", "jp_pattern_id"),
    }.ToDictionary(loader => loader.File, StringComparer.Ordinal);
}
