namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Divides trips of the same stops so that within a part no trip overtakes another at any call.</summary>
internal static class Overtaking
{
    public static IEnumerable<List<int>> Split(List<int> trips, SequenceLayout layout)
    {
        trips.Sort((a, b) => Compare(layout.TimesOf(a), layout.TimesOf(b)) is var order && order != 0 ? order : a.CompareTo(b));
        var chains = new List<List<int>>();
        foreach (var trip in trips)
        {
            var chain = chains.Find(chain => IsAfter(layout.TimesOf(chain[^1]), layout.TimesOf(trip)));
            if (chain is null)
            {
                chains.Add(chain = []);
            }

            chain.Add(trip);
        }

        return chains;
    }

    /// <summary>Whether the second is nowhere earlier.</summary>
    public static bool IsAfter(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        for (var index = 0; index < first.Length; index++)
        {
            if (second[index] < first[index])
            {
                return false;
            }
        }

        return true;
    }

    public static int Compare(ReadOnlySpan<int> a, ReadOnlySpan<int> b) => a.SequenceCompareTo(b);
}
