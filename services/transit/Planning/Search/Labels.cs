using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Search;

/// <summary>What a way to a stop costs. Labels of a stop make a list, newest first, in which none is as good as another in everything.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Label
{
    /// <summary>On the search's clock.</summary>
    public int Time;

    public int Walk;

    /// <summary>The next label of the same list, or -1.</summary>
    public int Next;

    public int Rides;

    /// <summary>The round of the search in which it was made.</summary>
    public int Tick;
}

/// <summary>How a label was reached.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Origin
{
    /// <summary>The label before, or -1 where the search began.</summary>
    public int Parent;

    public int Stop;

    /// <summary>Of a ride: its lane. Of an end of the journey: which of its legs. Otherwise -1.</summary>
    public int Lane;

    /// <summary>Of a ride: which of the searched days.</summary>
    public int Day;

    /// <summary>Of a ride: index of the trip in the day's view, or the base of a frequency's run.</summary>
    public int Trip;

    /// <summary>Calls where the search (not always the rider) boards and alights.</summary>
    public ushort Board;

    public ushort Alight;
}

/// <summary>All labels of a search, kept between searches so that none allocates once it has grown.</summary>
internal sealed class LabelPool
{
    private Label[] _labels = new Label[1024];
    private Origin[] _origins = new Origin[1024];
    private int _count;

    public ref Label this[int index] => ref _labels[index];

    public ref Origin OriginOf(int index) => ref _origins[index];

    public void Clear() => _count = 0;

    /// <summary>Whether a list has a label that is as good in everything.</summary>
    public bool Beats(int head, int time, int walk, int rides)
    {
        for (var index = head; index >= 0; index = _labels[index].Next)
        {
            ref var label = ref _labels[index];
            if (label.Time <= time && label.Walk <= walk && label.Rides <= rides)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a label to a list unless one of it is as good in everything, and takes those out that it beats.</summary>
    /// <returns>Its index, or -1.</returns>
    public int TryAdd(ref int head, int time, int walk, int rides, int tick)
    {
        var last = -1;
        for (var index = head; index >= 0;)
        {
            ref var label = ref _labels[index];
            if (label.Time <= time && label.Walk <= walk && label.Rides <= rides)
            {
                return -1;
            }

            var next = label.Next;
            if (time <= label.Time && walk <= label.Walk && rides <= label.Rides)
            {
                if (last < 0)
                {
                    head = next;
                }
                else
                {
                    _labels[last].Next = next;
                }
            }
            else
            {
                last = index;
            }

            index = next;
        }

        if (_count == _labels.Length)
        {
            Array.Resize(ref _labels, 2 * _count);
            Array.Resize(ref _origins, 2 * _count);
        }

        _labels[_count] = new Label { Time = time, Walk = walk, Rides = rides, Tick = tick, Next = head };
        return head = _count++;
    }
}
