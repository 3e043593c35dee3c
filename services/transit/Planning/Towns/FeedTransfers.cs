using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>
/// Adds the rules of a feed's transfers.txt. A rule for a station is one for each of its stops (GTFS Schedule reference, transfers.txt); one
/// that names a stop itself goes before it.
/// </summary>
internal static class FeedTransfers
{
    /// <returns>How many rules are left out, since they are of certain routes or trips, which the planner does not tell apart.</returns>
    public static int Add(TimetableBuilder builder, PlannedFeed planned)
    {
        var rules = new Dictionary<(int From, int To), (int Stations, TransferKind Kind, int Seconds)>();
        var leftOut = 0;
        foreach (var transfer in planned.Feed.Transfers)
        {
            if (transfer.FromRoute >= 0 || transfer.ToRoute >= 0 || transfer.FromTrip >= 0 || transfer.ToTrip >= 0 || transfer.Type > (int)TransferKind.NotPossible
                || transfer.FromStop < 0 || transfer.ToStop < 0)
            {
                leftOut++;
                continue;
            }

            var stations = (planned.StopNumbers[transfer.FromStop] < 0 ? 1 : 0) + (planned.StopNumbers[transfer.ToStop] < 0 ? 1 : 0);
            foreach (var from in planned.StopsOf(transfer.FromStop))
            {
                foreach (var to in planned.StopsOf(transfer.ToStop))
                {
                    if (!rules.TryGetValue((from, to), out var known) || stations <= known.Stations)
                    {
                        rules[(from, to)] = (stations, (TransferKind)transfer.Type, transfer.MinimumSeconds ?? 0);
                    }
                }
            }
        }

        foreach (var ((from, to), rule) in rules)
        {
            builder.AddTransfer(from, to, rule.Kind, Math.Max(0, rule.Seconds));
        }

        return leftOut;
    }
}
