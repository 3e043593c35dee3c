using System.Runtime.InteropServices;
using SmartCity.ServiceDefaults.Geography;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Walks between near stops, with the rules of <c>transfers.txt</c> worked in.</summary>
internal static class FootpathAssembly
{
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Walk(int From, int To, int Metres, int MinimumSeconds);

    public static Footpaths Assemble(TimetableDraft draft, StopGrid grid)
    {
        var rules = draft.Transfers.GroupBy(transfer => (transfer.From, transfer.To)).ToDictionary(group => group.Key, group => group.MaxBy(Strictness));
        var walks = new List<Walk>();
        var change = new int[draft.Latitudes.Count];
        for (var stop = 0; stop < change.Length; stop++)
        {
            var from = stop;
            grid.Near(draft.Latitudes[from], draft.Longitudes[from], draft.Options.MaximumTransferWalkMetres / draft.Options.DetourFactor, (to, straight) =>
            {
                if (to != from && !rules.ContainsKey((from, to)))
                {
                    walks.Add(new Walk(from, to, Metres(straight, draft), 0));
                }
            });
        }

        foreach (var ((from, to), rule) in rules.OrderBy(rule => rule.Key))
        {
            if (from == to)
            {
                change[from] = rule.Kind == TransferKind.NotPossible ? -1 : rule.MinimumSeconds;
            }
            else if (rule.Kind != TransferKind.NotPossible)
            {
                var straight = GeoPoint.Metres(draft.Latitudes[from], draft.Longitudes[from], draft.Latitudes[to], draft.Longitudes[to]);
                walks.Add(new Walk(from, to, double.IsFinite(straight) ? Metres(straight, draft) : 0, rule.MinimumSeconds));
            }
        }

        var outward = Sorted(walks, change.Length, walk => walk.From, walk => walk.To);
        var inward = Sorted(walks, change.Length, walk => walk.To, walk => walk.From);
        return new Footpaths
        {
            OutStarts = outward.Starts,
            OutStops = outward.Stops,
            OutMetres = outward.Metres,
            OutMinimumSeconds = outward.Minimum,
            InStarts = inward.Starts,
            InStops = inward.Stops,
            InMetres = inward.Metres,
            InMinimumSeconds = inward.Minimum,
            ChangeSeconds = change,
        };
    }

    private static int Strictness((int From, int To, TransferKind Kind, int MinimumSeconds) rule)
        => rule.Kind == TransferKind.NotPossible ? int.MaxValue : rule.MinimumSeconds;

    private static int Metres(double straight, TimetableDraft draft) => (int)Math.Ceiling(straight * draft.Options.DetourFactor);

    private static (int[] Starts, int[] Stops, int[] Metres, int[] Minimum) Sorted(List<Walk> walks, int stopCount, Func<Walk, int> here, Func<Walk, int> there)
    {
        walks.Sort((a, b) => (here(a), a.Metres, there(a)).CompareTo((here(b), b.Metres, there(b))));
        var starts = new int[stopCount + 1];
        foreach (var walk in walks)
        {
            starts[here(walk) + 1]++;
        }

        for (var stop = 0; stop < stopCount; stop++)
        {
            starts[stop + 1] += starts[stop];
        }

        return (starts, [.. walks.Select(there)], [.. walks.Select(walk => walk.Metres)], [.. walks.Select(walk => walk.MinimumSeconds)]);
    }
}
