using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>A dataset while it is read, with the line of everything.</summary>
internal sealed class FeedDraft(ReadingContext context)
{
    public ReadingContext Context => context;

    public List<GtfsAgency> Agencies { get; } = [];

    public List<GtfsStop> Stops { get; } = [];

    public List<GtfsRoute> Routes { get; } = [];

    public List<GtfsTrip> Trips { get; } = [];

    public StopTimeColumns StopTimes { get; } = new();

    public ServiceDrafts Services { get; } = new();

    public List<GtfsShape> Shapes { get; } = [];

    public List<GtfsFrequency> Frequencies { get; } = [];

    public List<GtfsTransfer> Transfers { get; } = [];

    public List<GtfsLevel> Levels { get; } = [];

    public List<GtfsPathway> Pathways { get; } = [];

    public List<GtfsFare> Fares { get; } = [];

    public List<GtfsFareRule> FareRules { get; } = [];

    public Dictionary<TranslationKey, string> Translations { get; } = [];

    public HashSet<string> TranslationLanguages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public GtfsFeedInfo? Info { get; set; }

    public List<GtfsAttribution> Attributions { get; } = [];

    public List<GtfsZone> Zones { get; } = [];

    public List<GtfsLocationGroup> Groups { get; } = [];

    public List<GtfsBookingRule> BookingRules { get; } = [];

    public List<GtfsJapanAgency> JapanAgencies { get; } = [];

    public List<GtfsJapanOffice> JapanOffices { get; } = [];

    public List<GtfsJapanRoute> JapanRoutes { get; } = [];

    public FeedLines Lines { get; } = new();
}

/// <summary>In which line each entity stands, by its index.</summary>
internal sealed class FeedLines
{
    public List<int> Agencies { get; } = [];

    public List<int> Stops { get; } = [];

    public List<int> Routes { get; } = [];

    public List<int> Trips { get; } = [];

    /// <summary>In the order of the feed's stop times.</summary>
    public int[] StopTimes { get; set; } = [];

    /// <summary>Of calendar.txt; 0 for a service that has calendar_dates.txt alone.</summary>
    public List<int> Services { get; } = [];

    /// <summary>Of each shape the lines of its points.</summary>
    public List<int[]> Shapes { get; } = [];

    public List<int> Frequencies { get; } = [];

    public List<int> Transfers { get; } = [];

    public List<int> Pathways { get; } = [];

    public List<int> FeedInfo { get; } = [];

    public List<int> Attributions { get; } = [];
}
