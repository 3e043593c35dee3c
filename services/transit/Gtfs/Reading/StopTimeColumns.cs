using System.Runtime.InteropServices;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Stop times in the order of the file, and then by trip and sequence.</summary>
internal sealed class StopTimeColumns
{
    private readonly List<StopTimeRow> _rows = [];
    private readonly List<string> _headsigns = [];
    private readonly Dictionary<string, int> _headsignIndexes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, GtfsFlexStopTime> _flexByRow = [];

    public IReadOnlyList<StopTimeRow> Rows => _rows;

    public int HeadsignIndex(string? text)
    {
        if (text is null)
        {
            return -1;
        }

        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_headsignIndexes, text, out var isKnown);
        if (!isKnown)
        {
            index = _headsigns.Count;
            _headsigns.Add(text);
        }

        return index;
    }

    public void Add(in StopTimeRow row, GtfsFlexStopTime? flex)
    {
        if (flex is not null)
        {
            _flexByRow[_rows.Count] = flex;
        }

        _rows.Add(row);
    }

    /// <summary>Sorted, with the lines, and the demand-responsive ones by their new place.</summary>
    public (GtfsStopTimes StopTimes, int[] Lines, IReadOnlyDictionary<int, GtfsFlexStopTime> Flex) Build()
    {
        var order = Order();
        var stopTimes = new GtfsStopTimes(order.Length) { Texts = _headsigns };
        var lines = new int[order.Length];
        var flex = new Dictionary<int, GtfsFlexStopTime>(_flexByRow.Count);
        for (var place = 0; place < order.Length; place++)
        {
            ref readonly var row = ref CollectionsMarshal.AsSpan(_rows)[order[place]];
            stopTimes.Trips[place] = row.Trip;
            stopTimes.Stops[place] = row.Stop;
            stopTimes.Sequences[place] = row.Sequence;
            stopTimes.ArrivalSeconds[place] = row.ArrivalSeconds;
            stopTimes.DepartureSeconds[place] = row.DepartureSeconds;
            stopTimes.Headsigns[place] = row.Headsign;
            stopTimes.PickupTypes[place] = row.PickupType;
            stopTimes.DropOffTypes[place] = row.DropOffType;
            stopTimes.ShapeDistances[place] = row.ShapeDistance;
            stopTimes.IsExact[place] = row.Timepoint != 0;
            lines[place] = row.Line;
            if (_flexByRow.TryGetValue(order[place], out var area))
            {
                flex[place] = area;
            }
        }

        return (stopTimes, lines, flex);
    }

    private int[] Order()
    {
        var keys = new long[_rows.Count];
        var order = new int[_rows.Count];
        var isSorted = true;
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = ((long)_rows[index].Trip << 32) | (uint)_rows[index].Sequence;
            order[index] = index;
            isSorted &= index == 0 || keys[index - 1] <= keys[index];
        }

        if (!isSorted)
        {
            Array.Sort(keys, order);
        }

        return order;
    }
}

/// <summary>A row of stop_times.txt.</summary>
/// <param name="Timepoint">1 exact, 0 approximate, -1 not given.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StopTimeRow(
    int Trip, int Stop, int Sequence, int ArrivalSeconds, int DepartureSeconds, int Headsign, byte PickupType, byte DropOffType, float ShapeDistance, sbyte Timepoint, int Line);
