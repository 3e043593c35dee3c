namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// When the long feeds are read: after a start and after a gap, once for what they have, and once more when they have been written
/// again. The agency writes them every hour and not every minute (https://xml.kishou.go.jp/xmlpull.html), so they may lack the gap's end.
/// </summary>
internal sealed class LongFeedTurns
{
    /// <summary>Well within the ten minutes that the short feeds hold.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan WrittenWithin = TimeSpan.FromMinutes(70);

    private readonly HashSet<(Uri Feed, DateTimeOffset At)> _turns = [];

    public void Plan(IReadOnlyList<Uri> feeds, DateTimeOffset now)
    {
        _turns.Clear();
        foreach (var feed in feeds)
        {
            _turns.Add((feed, now));
            _turns.Add((feed, now + WrittenWithin));
        }
    }

    public IEnumerable<Uri> Due(DateTimeOffset now) => _turns.Where(turn => turn.At <= now).Select(turn => turn.Feed).Distinct();

    /// <param name="began">When the reading began; turns after that are still to come.</param>
    public void Done(Uri feed, DateTimeOffset began) => _turns.RemoveWhere(turn => turn.Feed == feed && turn.At <= began);
}
