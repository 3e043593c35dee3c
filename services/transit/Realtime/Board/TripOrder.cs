namespace SmartCity.Transit.Realtime.Board;

/// <summary>What people, an alert or another agency decided about one run.</summary>
/// <param name="IsCancelled">The run does not run at all.</param>
/// <param name="SkippedStops">Places of stops that it does not serve.</param>
/// <param name="Reason">An alert's id, or the words of whoever decided.</param>
/// <param name="Until">When the order is forgotten: some time after the run's end.</param>
public sealed record TripOrder(bool IsCancelled, IReadOnlySet<int> SkippedStops, string Reason, DateTimeOffset Until)
{
    public static TripOrder Cancel(string reason, DateTimeOffset until) => new(true, new HashSet<int>(), reason, until);
}
