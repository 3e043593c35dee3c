using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Devices;

/// <summary>What a list of devices is asked for.</summary>
/// <param name="Search">Words in names or ids, in any written form.</param>
/// <param name="Kind">Kind of device.</param>
/// <param name="Health">A <see cref="DeviceTrouble"/>, <c>trouble</c> for any, <c>heard</c> for none, <c>raised</c> for a rule that is.</param>
/// <param name="Order"><c>id</c>, or <c>trouble</c> for the worst first.</param>
/// <param name="Within">A box that the devices stand in, or null.</param>
internal sealed record DeviceSearch(string? Search, string? Kind, string? Health, string? Order, SearchBox? Within)
{
    public const string Raised = "raised";
    public const string AnyTrouble = "trouble";
    public const string NoTrouble = "heard";

    public static readonly IReadOnlyList<string> Healths =
        [.. Enum.GetNames<DeviceTrouble>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]), AnyTrouble, NoTrouble, Raised];

    public static readonly IReadOnlyList<string> Orders = ["id", AnyTrouble];

    public bool HasHealth => !string.IsNullOrEmpty(Health);

    public bool WorstFirst => Order == AnyTrouble;

    /// <summary>Every device that fits, in order; what is known of them all is read only where it matters.</summary>
    public async Task<IReadOnlyList<Device>> FindAsync(
        Town town, DeviceHealth health, TelemetryDb database, ITelemetryStore store, CancellationToken cancellationToken)
    {
        var named = DeviceIndex.Of(town).Find(Search, Kind).Where(device => Within is null || Within.Holds(device));
        if (!HasHealth && !WorstFirst)
        {
            return [.. named];
        }

        var states = await database.DeviceStates.AsNoTracking()
            .Select(row => new { row.Device, row.LastSeen, row.LastErrorAt, row.ClockSkewMicroseconds })
            .ToDictionaryAsync(row => row.Device, StringComparer.Ordinal, cancellationToken);
        var judged = new List<(Device Device, IReadOnlyList<DeviceTrouble> Troubles, DateTimeOffset? SilentSince)>();
        foreach (var device in named)
        {
            var state = states.GetValueOrDefault(device.Id);
            var news = await store.NewsOfAsync(town.Code, device.Id, cancellationToken);
            var heard = news?.Accepted.Max(entry => (long?)entry.Activity.LastSeen) is > 0 and { } at ? UnixMicroseconds.ToTime(at) : state?.LastSeen;
            var silentSince = health.SilentSince(device.Id, device.Kind, heard > state?.LastSeen ? heard : state?.LastSeen ?? heard);
            var troubles = health.TroublesOf(heard, silentSince, (news?.SkewMicroseconds ?? state?.ClockSkewMicroseconds) / 1e6, state?.LastErrorAt);
            judged.Add((device, troubles, silentSince));
        }

        var fitting = judged.Where(entry => Health == Raised ? health.RaisedBy(entry.Device.Id).Count > 0 : Fits(entry.Troubles));
        // The longest silence first; a device that never spoke is waiting for its installer, not for help.
        return [.. (WorstFirst ? fitting.OrderBy(entry => entry.Troubles.Count > 0 ? (int)entry.Troubles[0] : int.MaxValue).ThenBy(entry => entry.SilentSince) : fitting)
            .Select(entry => entry.Device)];
    }

    private bool Fits(IReadOnlyList<DeviceTrouble> troubles) => Health switch
    {
        null or "" => true,
        NoTrouble => troubles.Count == 0,
        AnyTrouble => troubles.Count > 0,
        _ => troubles.Any(trouble => string.Equals(trouble.ToString(), Health, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Where the next page begins: after an id in the order of ids, else at a number.</summary>
    public int StartOf(IReadOnlyList<Device> found, string? after)
        => after is null ? 0
            : WorstFirst ? int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? Math.Min(offset, found.Count) : 0
            : found.TakeWhile(device => string.CompareOrdinal(device.Id, after) <= 0).Count();

    public string? NextOf(IReadOnlyList<Device> found, int start, int taken)
        => start + taken >= found.Count ? null : WorstFirst ? (start + taken).ToString(CultureInfo.InvariantCulture) : found[start + taken - 1].Id;
}
