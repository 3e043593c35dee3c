using System.Runtime.CompilerServices;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.Rules;

/// <summary>A town's rules, arranged once for each state of the town: by kind of device, and by the zones that a device has a vote in.</summary>
internal sealed class RuleBook
{
    private static readonly ConditionalWeakTable<Town, RuleBook> Books = new();
    private readonly ILookup<string, DeviceRule> _byKind;
    private readonly Dictionary<string, ZoneMembership> _zones = new(StringComparer.Ordinal);
    private readonly ILookup<string, ZoneRule> _zonesByDevice;
    private readonly HashSet<string> _voting;

    private RuleBook(Town town)
    {
        _byKind = town.Rules.OfType<DeviceRule>().ToLookup(rule => rule.DeviceKind, StringComparer.Ordinal);
        var zones = town.Rules.OfType<ZoneRule>().ToList();
        _voting = zones.Select(zone => zone.Rule).ToHashSet(StringComparer.Ordinal);
        foreach (var zone in zones)
        {
            var members = ZoneMembers.Of(town, zone);
            _zones[zone.Id] = new ZoneMembership(zone, members.Select(device => device.Id).ToHashSet(StringComparer.Ordinal), ZoneMembers.CentreOf(zone, members));
        }

        _zonesByDevice = _zones.Values.SelectMany(zone => zone.Devices.Select(device => (Device: device, zone.Rule)))
            .ToLookup(pair => pair.Device, pair => pair.Rule, StringComparer.Ordinal);
        Silences = town.Rules.OfType<SilenceRule>().ToLookup(rule => rule.DeviceKind, StringComparer.Ordinal);
    }

    /// <summary>By kind of device.</summary>
    public ILookup<string, SilenceRule> Silences { get; }

    public static RuleBook Of(Town town) => Books.GetValue(town, static one => new RuleBook(one));

    public IEnumerable<DeviceRule> RulesOf(string deviceKind) => _byKind[deviceKind];

    /// <summary>The zones that a device has a vote in.</summary>
    public IEnumerable<ZoneRule> ZonesOf(string device) => _zonesByDevice[device];

    public bool IsVoting(string rule) => _voting.Contains(rule);

    public bool HasZones(string device) => _zonesByDevice.Contains(device);

    public ZoneMembership? Zone(string id) => _zones.GetValueOrDefault(id);
}

/// <summary>A zone with what the town's devices make of it.</summary>
internal sealed record ZoneMembership(ZoneRule Rule, IReadOnlySet<string> Devices, (double LatitudeDegrees, double LongitudeDegrees)? Centre);
