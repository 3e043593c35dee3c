using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Keeps each distinct list of stops with its boarding rules once, one beside the other.</summary>
internal sealed class SequenceLayout
{
    private readonly TimetableDraft _draft;
    private readonly Dictionary<int, int> _offsets;
    private readonly List<int> _stops = [];
    private readonly List<byte> _rules = [];

    public SequenceLayout(TimetableDraft draft)
    {
        _draft = draft;
        _offsets = new Dictionary<int, int>(new ByCalls(this));
    }

    public int[] Stops => [.. _stops];

    public byte[] Rules => [.. _rules];

    public ReadOnlySpan<int> CallsOf(int trip) => Slice(_draft.CallStops, trip);

    /// <summary>Arrival and departure of each call.</summary>
    public ReadOnlySpan<int> TimesOf(int trip)
    {
        var (from, to) = (_draft.TripCallStarts[trip], _draft.TripCallStarts[trip + 1]);
        return CollectionsMarshal.AsSpan(_draft.CallTimes)[(2 * from)..(2 * to)];
    }

    /// <returns>Where the trip's list of stops and rules stands; the same for every trip with the same list.</returns>
    public int Place(int trip)
    {
        ref var offset = ref CollectionsMarshal.GetValueRefOrAddDefault(_offsets, trip, out var known);
        if (!known)
        {
            offset = _stops.Count;
            _stops.AddRange(CallsOf(trip));
            _rules.AddRange(Slice(_draft.CallRules, trip));
        }

        return offset;
    }

    private ReadOnlySpan<T> Slice<T>(List<T> calls, int trip)
        => CollectionsMarshal.AsSpan(calls)[_draft.TripCallStarts[trip].._draft.TripCallStarts[trip + 1]];

    /// <summary>Trips are alike whose stops and rules are.</summary>
    private sealed class ByCalls(SequenceLayout layout) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y)
            => layout.CallsOf(x).SequenceEqual(layout.CallsOf(y))
            && layout.Slice(layout._draft.CallRules, x).SequenceEqual(layout.Slice(layout._draft.CallRules, y));

        public int GetHashCode(int trip)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(layout.CallsOf(trip)));
            hash.AddBytes(layout.Slice(layout._draft.CallRules, trip));
            return hash.ToHashCode();
        }
    }
}
