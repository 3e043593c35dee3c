using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Tests.Planning;

/// <summary>One vehicle, call by call, on the query's clock; with a headway, the first of those that come from then on.</summary>
internal sealed record SmallRun(int Trip, int Day, int[] Stops, int[] Arrivals, int[] Departures, bool[] Boards, bool[] Alights)
{
    public int? Headway { get; init; }

    /// <summary>Of a headway: how much later than the first vehicle the last one is, which nobody is promised.</summary>
    public int Lasting { get; init; }

    public static SmallRun Of(int number, SearchDay day, SmallTrip trip, int later, TripUpdate? update)
    {
        var calls = trip.Calls;
        var (arrivals, departures) = (new int[calls.Length], new int[calls.Length]);
        var earliest = int.MinValue;
        for (var call = 0; call < calls.Length; call++)
        {
            var lateIn = update?.ArrivalDelaySeconds is { } delays ? delays[call] : 0;
            var lateOut = update?.DepartureDelaySeconds is { } others ? others[call] : lateIn;
            arrivals[call] = earliest = Math.Max(earliest, calls[call].ArrivalSeconds + lateIn + day.OffsetSeconds + later);
            departures[call] = earliest = Math.Max(earliest, calls[call].DepartureSeconds + lateOut + day.OffsetSeconds + later);
        }

        return new SmallRun(
            number,
            day.Day,
            [.. calls.Select(call => call.Stop)],
            arrivals,
            departures,
            [.. calls.Select((call, index) => call.Pickup != BoardingRule.NotAllowed && update?.SkippedCalls?.Contains(index) != true)],
            [.. calls.Select((call, index) => call.DropOff != BoardingRule.NotAllowed && update?.SkippedCalls?.Contains(index) != true)]);
    }

    public static IEnumerable<SmallRun> Of(int number, SearchDay day, SmallTrip trip, SmallFrequency frequency)
    {
        var first = frequency.Start - trip.Calls[0].DepartureSeconds;
        if (!frequency.Exact)
        {
            yield return Of(number, day, trip, first, update: null) with { Headway = frequency.Headway, Lasting = frequency.End - frequency.Start };
            yield break;
        }

        for (var start = frequency.Start; start < frequency.End; start += frequency.Headway)
        {
            yield return Of(number, day, trip, first + start - frequency.Start, update: null);
        }
    }

    /// <summary>How much later than the first vehicle one is sure to ride who is at a call by a time; null: nothing can be promised.</summary>
    public int? Catch(int call, int time)
    {
        if (time <= Departures[call])
        {
            return 0;
        }

        // Some vehicle comes within a headway, if the vehicles still go by then.
        return Headway is { } headway && time - Departures[call] + headway <= Lasting ? time - Departures[call] + headway : null;
    }

    /// <summary>The latest times to be at a call from which one is sure to be at another by a time.</summary>
    public int? BeThere(int board, int alight, int time)
    {
        if (time < Arrivals[alight])
        {
            return null;
        }

        return Headway is { } headway
            ? Departures[board] + Math.Max(0, Math.Min(time - Arrivals[alight], Lasting) - headway)
            : Departures[board];
    }

    /// <summary>Times to be at a call for which a window is searched: of the vehicle, or one for each headway and the last that is promised.</summary>
    public IEnumerable<int> Departing(int call) => Each(Departures[call], Lasting - (Headway ?? 0));

    /// <summary>The same of being somewhere.</summary>
    public IEnumerable<int> Arriving(int call) => Each(Arrivals[call], Lasting);

    private IEnumerable<int> Each(int first, int last)
    {
        yield return first;
        for (var later = Headway ?? int.MaxValue; later < last; later += Headway!.Value)
        {
            yield return first + later;
        }

        if (last > 0)
        {
            yield return first + last;
        }
    }
}
