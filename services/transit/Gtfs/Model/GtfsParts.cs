namespace SmartCity.Transit.Gtfs.Model;

/// <summary>What a <see cref="GtfsFeed"/> is made of.</summary>
internal sealed class GtfsParts
{
    public GtfsAgency[] Agencies { get; set; } = [];

    public GtfsStop[] Stops { get; set; } = [];

    public GtfsRoute[] Routes { get; set; } = [];

    public GtfsTrip[] Trips { get; set; } = [];

    public GtfsStopTimes StopTimes { get; set; } = new(0);

    public GtfsService[] Services { get; set; } = [];

    public GtfsShape[] Shapes { get; set; } = [];

    public GtfsFrequency[] Frequencies { get; set; } = [];

    public GtfsTransfer[] Transfers { get; set; } = [];

    public GtfsLevel[] Levels { get; set; } = [];

    public GtfsPathway[] Pathways { get; set; } = [];

    public GtfsFares Fares { get; set; } = new([], []);

    public GtfsTranslations Translations { get; set; } = GtfsTranslations.None;

    public GtfsFeedInfo? Info { get; set; }

    public GtfsAttribution[] Attributions { get; set; } = [];

    public GtfsFlex Flex { get; set; } = GtfsFlex.None;

    public GtfsJapan Japan { get; set; } = GtfsJapan.None;

    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;
}
