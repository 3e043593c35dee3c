using System.Globalization;
using System.Text.Json;
using SmartCity.Transit.Departures;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;
using DepartureState = SmartCity.Transit.Departures.DepartureState;

namespace SmartCity.Transit.Live;

/// <summary>What the town's board says of departures, at the moment of asking: a vehicle that falls silent needs nobody to notice.</summary>
internal sealed class DepartureOverlay(RealtimeBoard boards, TownPlans plans, TimeProvider clock) : IDepartureOverlay
{
    public TimeSpan LongestDelay { get; } = TimeSpan.FromHours(2);

    /// <summary>Another one with every change of the board or the timetable, and every second: what is known ages. A board that was never written on stays 0.</summary>
    public long VersionOf(string municipality)
    {
        var board = boards.Of(municipality).Current;
        return board.Version == 0 ? 0 : ((board.Version & 0x7FFF_FFFF) << 32) | (uint)clock.GetUtcNow().ToUnixTimeSeconds();
    }

    public DepartureStatus? StatusOf(string municipality, Departure departure, string language)
    {
        var board = boards.Of(municipality).Current;
        // Between two versions of a feed the timetable may be ahead of the plans for a moment.
        if (board.Version == 0 || plans.Of(municipality) is not LivePlans live || !live.Timetable.Feeds.Contains(departure.Feed))
        {
            return null;
        }

        var key = KeyOf(live, departure);
        var sequence = departure.Feed.Feed.StopTimes.Sequences[departure.StopTime];
        if (live.Find(key) is { } plan && PlaceOf(plan, sequence) is >= 0 and var place)
        {
            return StatusOf(boards.Look(board, plan).At(place), language);
        }

        // Of days further off nothing is known but what was decided.
        return board.OrderOf(key) is { IsCancelled: true } order ? Cancelled(order.Reason, null, language) : null;
    }

    internal static TripKey KeyOf(LivePlans live, Departure departure) => new(
        live.TripIdOf(departure.Feed, departure.Trip), departure.ServiceDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        departure.StartSeconds is { } start ? PlanClock.Write(start) : null);

    private DepartureStatus? StatusOf(in Vehicles.States.DepartureState state, string language) => state.Kind switch
    {
        DepartureKind.Predicted => new DepartureStatus(
            DepartureState.Predicted, state.Departure, AgeOf(state), state.Confidence?.Share, CrowdingOf(state.Occupancy), VehicleId: state.VehicleId),
        DepartureKind.Unconfirmed => new DepartureStatus(
            DepartureState.Unconfirmed, AgeSeconds: AgeOf(state), VehicleId: state.VehicleId, Note: LiveWords.Silent(state.LastSeenAt is not null, language)),
        DepartureKind.Cancelled => Cancelled(state.Reason, state.VehicleId, language),
        DepartureKind.Gone => new DepartureStatus(DepartureState.Gone),
        _ => null,
    };

    private static DepartureStatus Cancelled(string? reason, string? vehicle, string language)
        => new(DepartureState.Cancelled, Note: LiveWords.Cancelled(reason, language), VehicleId: vehicle);

    private double? AgeOf(in Vehicles.States.DepartureState state)
        => state.LastSeenAt is { } seen ? Math.Max(0, Math.Round((clock.GetUtcNow() - seen).TotalSeconds)) : null;

    /// <summary>As GTFS Realtime names it, in camelCase.</summary>
    internal static string? CrowdingOf(Occupancy? occupancy) => occupancy is { } known ? JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) : null;

    private static int PlaceOf(TripPlan plan, int sequence)
    {
        var (low, high) = (0, plan.Stops.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = plan.Stops[middle].StopSequence < sequence ? (middle + 1, high) : (low, middle);
        }

        return low < plan.Stops.Count && plan.Stops[low].StopSequence == sequence ? low : -1;
    }
}
