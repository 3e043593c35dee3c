using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Tests.Planning;

internal sealed record SmallTrip(int Service, StopCall[] Calls, Accessibility Wheelchair);

internal sealed record SmallFrequency(int Trip, int Start, int End, int Headway, bool Exact);

internal sealed record SmallTransfer(int From, int To, TransferKind Kind, int Seconds);

/// <summary>A network of a few stops in plain lists: what the planner's timetable and the brute force are both made of.</summary>
internal sealed class SmallNetwork
{
    public static readonly DateOnly FirstDay = new(2026, 7, 1);

    public static readonly TimetableOptions Options = new(MaximumTransferWalkMetres: 400, DetourFactor: 1.25);

    public List<(double Latitude, double Longitude, Accessibility Wheelchair)> Stops { get; } = [];

    /// <summary>Days of the period on which each service runs.</summary>
    public List<int[]> Services { get; } = [];

    public List<SmallTrip> Trips { get; } = [];

    public List<SmallFrequency> Frequencies { get; } = [];

    public List<SmallTransfer> Transfers { get; } = [];

    public List<TripUpdate> Updates { get; } = [];

    public LiveTimetable Build()
    {
        var builder = new TimetableBuilder(FirstDay, 3, Options);
        Stops.ForEach(stop => builder.AddStop(stop.Latitude, stop.Longitude, stop.Wheelchair));
        Services.ForEach(days => builder.AddService(days.Select(day => FirstDay.AddDays(day))));
        Trips.ForEach(trip => builder.AddTrip(0, trip.Service, trip.Calls, trip.Wheelchair));
        Frequencies.ForEach(each => builder.AddFrequency(each.Trip, each.Start, each.End, each.Headway, each.Exact));
        Transfers.ForEach(each => builder.AddTransfer(each.From, each.To, each.Kind, each.Seconds));
        var plain = new LiveTimetable(builder.Build());
        return Updates.Count == 0 ? plain : plain.With(Updates);
    }

    /// <summary>Least seconds and the metres from alighting at a stop to boarding at another, or null where that is not possible.</summary>
    public (int Seconds, int Metres)? Change(int from, int to, SearchQuery query)
    {
        var rules = Transfers.Where(rule => rule.From == from && rule.To == to).ToList();
        if (rules.Exists(rule => rule.Kind == TransferKind.NotPossible))
        {
            return null;
        }

        var metres = from == to ? 0 : Metres(from, to);
        if (from != to && (metres > query.MaximumTransferWalkMetres || (rules.Count == 0 && metres > Options.MaximumTransferWalkMetres)))
        {
            return null;
        }

        var minimum = rules.Where(rule => rule.Kind == TransferKind.MinimumTime).Select(rule => rule.Seconds).DefaultIfEmpty().Max();
        var walk = (int)Math.Ceiling(metres / query.WalkingSpeedMetresPerSecond);
        return (Math.Max(Math.Max(walk, minimum), query.MinimumTransferSeconds), metres);
    }

    public int Metres(int from, int to)
        => (int)Math.Ceiling(GeoPoint.Metres(Stops[from].Latitude, Stops[from].Longitude, Stops[to].Latitude, Stops[to].Longitude) * Options.DetourFactor);

    /// <summary>Every vehicle of the searched days with its times on the query's clock. A vehicle by headway stands for all of its frequency.</summary>
    public IEnumerable<SmallRun> Runs(SearchQuery query)
    {
        foreach (var day in query.Days)
        {
            for (var number = 0; number < Trips.Count; number++)
            {
                var trip = Trips[number];
                var update = Updates.LastOrDefault(update => update.Trip == number && update.Day == FirstDay.AddDays(day.Day));
                if (!Services[trip.Service].Contains(day.Day) || trip.Calls.Length < 2 || update?.IsCancelled == true || !Accepts(query, trip.Wheelchair))
                {
                    continue;
                }

                var frequencies = Frequencies.FindAll(frequency => frequency.Trip == number);
                foreach (var run in frequencies.Count == 0
                    ? [SmallRun.Of(number, day, trip, 0, update)]
                    : frequencies.SelectMany(frequency => SmallRun.Of(number, day, trip, frequency)))
                {
                    yield return run;
                }
            }
        }
    }

    public bool Usable(int stop, SearchQuery query)
        => query.ClosedStops?.Contains(stop) != true && Accepts(query, Stops[stop].Wheelchair);

    private static bool Accepts(SearchQuery query, Accessibility accessibility) => query.Wheelchair switch
    {
        WheelchairNeed.Required => accessibility == Accessibility.Accessible,
        WheelchairNeed.AllowUnknown => accessibility != Accessibility.NotAccessible,
        _ => true,
    };
}
