using System.Collections.Immutable;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>What changes a snapshot; each returns another one, or the same where nothing changes.</summary>
internal static class BoardChanges
{
    /// <summary>How long a report or a silent vehicle is kept: longer than anything is shown of it.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(3);

    /// <summary>Takes over what a vehicle's position meant.</summary>
    public static BoardSnapshot With(this BoardSnapshot board, TrackResult result, Func<TripReport, bool> isLive)
    {
        if (result.Vehicle is not { } vehicle)
        {
            return board;
        }

        var reports = board.Reports;
        if (result.Left is { } left && reports.TryGetValue(left, out var abandoned) && abandoned.VehicleId == vehicle.Id)
        {
            reports = reports.SetItem(left, abandoned with { AbandonedAt = vehicle.At });
        }

        foreach (var report in new[] { result.Report, result.Next })
        {
            if (report is not null && MayReplace(reports.GetValueOrDefault(report.Key), report, isLive))
            {
                reports = reports.SetItem(report.Key, report);
            }
        }

        return board with
        {
            Reports = reports,
            Vehicles = board.Vehicles.SetItem(vehicle.Id, vehicle),
            TrackedRoutes = result.Report is { } heard ? Heard(board, heard) : board.TrackedRoutes,
        };
    }

    public static BoardSnapshot WithOrder(this BoardSnapshot board, TripKey key, TripOrder? order)
        => board with { Orders = order is null ? board.Orders.Remove(key) : board.Orders.SetItem(key, order) };

    public static BoardSnapshot WithForeign(this BoardSnapshot board, string source, ForeignState? state)
    {
        if (state is null)
        {
            return board with { Foreign = board.Foreign.Remove(source) };
        }

        var tracked = board.TrackedRoutes;
        foreach (var (_, report) in state.Reports)
        {
            tracked = !tracked.TryGetValue(report.RouteId, out var heard) || heard < report.PositionAt ? tracked.SetItem(report.RouteId, report.PositionAt) : tracked;
        }

        return board with { Foreign = board.Foreign.SetItem(source, state), TrackedRoutes = tracked };
    }

    public static BoardSnapshot WithAlerts(this BoardSnapshot board, string giver, IEnumerable<ServiceAlert> alerts)
    {
        var given = alerts.ToArray();
        return board with { Alerts = given.Length == 0 ? board.Alerts.Remove(giver) : board.Alerts.SetItem(giver, [.. given]) };
    }

    /// <summary>Without what is over: reports and vehicles that nothing is shown of any more, orders whose time has come.</summary>
    public static BoardSnapshot Swept(this BoardSnapshot board, DateTimeOffset now)
    {
        var reports = board.Reports.Where(entry => now - entry.Value.PositionAt > Kept).Select(static entry => entry.Key).ToArray();
        var vehicles = board.Vehicles.Where(entry => now - entry.Value.At > Kept).Select(static entry => entry.Key).ToArray();
        var orders = board.Orders.Where(entry => entry.Value.Until < now).Select(static entry => entry.Key).ToArray();
        return reports.Length + vehicles.Length + orders.Length == 0 ? board : board with
        {
            Reports = board.Reports.RemoveRange(reports),
            Vehicles = board.Vehicles.RemoveRange(vehicles),
            Orders = board.Orders.RemoveRange(orders),
        };
    }

    // The first vehicle of a run keeps it while it is heard; what a vehicle says of its next run gives way to the one that serves it.
    private static bool MayReplace(TripReport? there, TripReport report, Func<TripReport, bool> isLive)
        => there is null || !isLive(there) || (there.VehicleId == report.VehicleId
            ? !report.IsAhead || there.IsAhead
            : there.IsAhead && !report.IsAhead);

    private static ImmutableDictionary<string, DateTimeOffset> Heard(BoardSnapshot board, TripReport report)
        // To the minute, so that not every position changes it.
        => board.TrackedRoutes.TryGetValue(report.RouteId, out var heard) && report.PositionAt - heard < TimeSpan.FromMinutes(1)
            ? board.TrackedRoutes
            : board.TrackedRoutes.SetItem(report.RouteId, report.PositionAt);
}
