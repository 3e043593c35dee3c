using SmartCity.Contracts;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>An alert for riders, as it goes out in GTFS Realtime.</summary>
/// <param name="Id">Stable as long as the alert is the same.</param>
/// <param name="From">Null for already.</param>
/// <param name="To">Null for until it is taken back.</param>
/// <param name="Cause">A name of <c>Cause</c> in GTFS Realtime, such as <c>WEATHER</c>.</param>
/// <param name="Effect">A name of <c>Effect</c>, such as <c>NO_SERVICE</c>.</param>
/// <param name="Severity">A name of <c>SeverityLevel</c>, such as <c>SEVERE</c>.</param>
/// <param name="Header">In each language of the town.</param>
/// <param name="Description">In each language of the town, or null.</param>
/// <param name="Url">Where more is said, or null.</param>
/// <param name="Affects">At least one.</param>
public sealed record ServiceAlert(
    string Id, DateTimeOffset? From, DateTimeOffset? To, string Cause, string Effect, string Severity,
    LocalizedText Header, LocalizedText? Description, string? Url, IReadOnlyList<AffectedService> Affects);

/// <summary>What an alert concerns; what is null is not narrowed down.</summary>
public sealed record AffectedService(string? AgencyId = null, string? RouteId = null, string? TripId = null, string? StartDate = null, string? StopId = null);
