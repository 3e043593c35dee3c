namespace SmartCity.Transit.Gtfs.Model;

/// <summary>Demand-responsive service (GTFS-Flex): areas, groups of stops, when one may book, and the stop times there.</summary>
public sealed record GtfsFlex(
    IReadOnlyList<GtfsZone> Zones, IReadOnlyList<GtfsLocationGroup> Groups, IReadOnlyList<GtfsBookingRule> BookingRules, IReadOnlyDictionary<int, GtfsFlexStopTime> StopTimes)
{
    public static readonly GtfsFlex None = new([], [], [], new Dictionary<int, GtfsFlexStopTime>());
}

/// <summary>A feature of locations.geojson.</summary>
/// <param name="Polygons">Of each polygon the rings, outer first; of each ring longitude and latitude in turn, in degrees.</param>
public sealed record GtfsZone(string Id, string? Name, string? Description, IReadOnlyList<IReadOnlyList<double[]>> Polygons);

/// <summary>location_groups.txt with location_group_stops.txt.</summary>
/// <param name="Stops">Indexes into the feed's stops.</param>
public sealed record GtfsLocationGroup(string Id, string? Name, IReadOnlyList<int> Stops);

/// <summary>booking_rules.txt.</summary>
/// <param name="Type">0 in real time, 1 the same day, 2 on an earlier day.</param>
/// <param name="PriorNoticeMinimumMinutes"><c>prior_notice_duration_min</c>.</param>
/// <param name="PriorNoticeMaximumMinutes"><c>prior_notice_duration_max</c>.</param>
/// <param name="LastDay">How many days before the ride one may book at the latest.</param>
/// <param name="LastSeconds">Until when on that day, in seconds of the day.</param>
/// <param name="StartDay">How many days before the ride booking opens.</param>
/// <param name="Service">Index of the service whose days are counted, or -1 for calendar days.</param>
public sealed record GtfsBookingRule(
    string Id, int Type, int? PriorNoticeMinimumMinutes, int? PriorNoticeMaximumMinutes, int? LastDay, int? LastSeconds, int? StartDay, int? StartSeconds,
    int Service, string? Message, string? PickupMessage, string? DropOffMessage, string? Telephone, string? InfoUrl, string? BookingUrl);

/// <summary>What a demand-responsive stop time has beside an ordinary one.</summary>
/// <param name="Zone">Index into <see cref="GtfsFlex.Zones"/>, or -1.</param>
/// <param name="Group">Index into <see cref="GtfsFlex.Groups"/>, or -1.</param>
/// <param name="WindowStartSeconds">Seconds of the service day, or null.</param>
/// <param name="PickupRule">Index into <see cref="GtfsFlex.BookingRules"/>, or -1.</param>
public sealed record GtfsFlexStopTime(int Zone, int Group, int? WindowStartSeconds, int? WindowEndSeconds, int PickupRule, int DropOffRule);
