using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Departures;

/// <summary>
/// Of every stop the departures of a day by their second, whatever the day: which trips run on it is looked up when it is asked
/// for. Departures of frequency trips are few rows that stand for many, kept apart.
/// </summary>
public sealed class StopBoards
{
    private readonly int[] _starts;
    private readonly int[] _seconds;
    private readonly int[] _stopTimes;
    private readonly Dictionary<int, List<int>> _frequencyStopTimes;

    private StopBoards(int[] starts, int[] seconds, int[] stopTimes, Dictionary<int, List<int>> frequencyStopTimes, int latestSeconds)
        => (_starts, _seconds, _stopTimes, _frequencyStopTimes, LatestSeconds) = (starts, seconds, stopTimes, frequencyStopTimes, latestSeconds);

    /// <summary>The last departure of any service day, in its seconds: how many days back a departure may belong to.</summary>
    public int LatestSeconds { get; }

    /// <summary>Departures at a stop from a second on, by time: their seconds and their stop times.</summary>
    public (ReadOnlyMemory<int> Seconds, ReadOnlyMemory<int> StopTimes) From(int stop, int seconds)
    {
        var (start, end) = (_starts[stop], _starts[stop + 1]);
        var found = _seconds.AsSpan(start, end - start).BinarySearch(seconds);
        if (found < 0)
        {
            found = ~found;
        }

        // The search may land anywhere among equals.
        while (found > 0 && _seconds[start + found - 1] >= seconds)
        {
            found--;
        }

        return (_seconds.AsMemory(start + found, end - start - found), _stopTimes.AsMemory(start + found, end - start - found));
    }

    /// <summary>Stop times at a stop of trips that run by headway.</summary>
    public IReadOnlyList<int> ByFrequency(int stop) => _frequencyStopTimes.TryGetValue(stop, out var stopTimes) ? stopTimes : [];

    public static StopBoards Build(GtfsFeed feed)
    {
        var times = feed.StopTimes;
        var boarding = new List<(int Stop, int Seconds, int StopTime)>(times.Count);
        var byFrequency = new Dictionary<int, List<int>>();
        var latest = 0;
        foreach (var trip in feed.Trips)
        {
            // At its last stop nobody boards.
            for (var at = trip.FirstStopTime; at < trip.EndStopTime - 1; at++)
            {
                if (times.Stops[at] < 0 || times.DepartureSeconds[at] == GtfsStopTimes.NoTime || times.PickupTypes[at] == 1)
                {
                    continue;
                }

                if (trip.Frequencies.Count == 0)
                {
                    boarding.Add((times.Stops[at], times.DepartureSeconds[at], at));
                    latest = Math.Max(latest, times.DepartureSeconds[at]);
                }
                else
                {
                    (byFrequency.TryGetValue(times.Stops[at], out var list) ? list : byFrequency[times.Stops[at]] = []).Add(at);
                    var offset = times.DepartureSeconds[at] - times.DepartureSeconds[trip.FirstStopTime];
                    latest = Math.Max(latest, trip.Frequencies.Max(index => feed.Frequencies[index].EndSeconds) + offset);
                }
            }
        }

        boarding.Sort();
        var starts = new int[feed.Stops.Count + 1];
        foreach (var (stop, _, _) in boarding)
        {
            starts[stop + 1]++;
        }

        for (var stop = 1; stop < starts.Length; stop++)
        {
            starts[stop] += starts[stop - 1];
        }

        return new StopBoards(starts, [.. boarding.Select(row => row.Seconds)], [.. boarding.Select(row => row.StopTime)], byFrequency, latest);
    }
}
