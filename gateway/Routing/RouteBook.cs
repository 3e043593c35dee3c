using System.Diagnostics.Metrics;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.OpenApi;
using SmartCity.Gateway.ThirdParty;
using SmartCity.ServiceDefaults.ThirdParties;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Gateway.Routing;

/// <summary>
/// What is served for each town, replaced as a whole when the directory changes: a request sees all of a change or
/// nothing of it, and one under way ends with what it began with. A town whose configuration is faulty keeps its last
/// good one; others are not touched by it.
/// </summary>
internal sealed class RouteBook : IDisposable
{
    private readonly ITownDirectory _directory;
    private readonly PlatformTargets _platform;
    private readonly ThirdPartyTargets _thirdParties;
    private readonly TimeProvider _clock;
    private readonly ILogger<RouteBook> _log;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private volatile Snapshot _snapshot;

    public RouteBook(
        ITownDirectory directory, PlatformTargets platform, ThirdPartyTargets thirdParties, GatewayMetrics metrics, TimeProvider clock, ILogger<RouteBook> log)
    {
        _directory = directory;
        _platform = platform;
        _thirdParties = thirdParties;
        _clock = clock;
        _log = log;
        _snapshot = new Snapshot(0, clock.GetUtcNow(), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        _subscription = directory.OnChange(Apply);
        Apply(directory.Towns.Select(town => town.Code).ToArray());
        metrics.ObserveRoutes(
            () => _snapshot.Towns.Count,
            () => _snapshot.Faults.Select(town => new Measurement<int>(town.Value.Count, new KeyValuePair<string, object?>("municipality", town.Key))));
    }

    public Snapshot Current => _snapshot;

    public void Dispose() => _subscription.Dispose();

    private void Apply(IReadOnlyCollection<string> codes)
    {
        lock (_gate)
        {
            var started = _clock.GetTimestamp();
            var towns = new Dictionary<string, TownRoutes>(_snapshot.Towns, StringComparer.Ordinal);
            var faults = new Dictionary<string, IReadOnlyList<string>>(_snapshot.Faults, StringComparer.Ordinal);
            foreach (var code in codes)
            {
                faults.Remove(code);
                if (!_directory.TryGet(code, out var town))
                {
                    towns.Remove(code);
                    continue;
                }

                var found = FaultsOf(town, out var sound);
                towns[code] = RoutesOf(sound, found, towns.GetValueOrDefault(code), faults);
            }

            _snapshot = new Snapshot(_snapshot.Version + 1, _clock.GetUtcNow(), towns, faults);
            _log.RoutesApplied(_snapshot.Version, codes.Count, _clock.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private IReadOnlyList<string> FaultsOf(Town town, out Town sound)
    {
        try
        {
            var faults = DoorRules.FaultsOf(town);
            foreach (var fault in faults.Where(fault => fault.CanBeServed))
            {
                _log.ServedWithout(town.Code, fault.ToString());
            }

            string[] found = [.. faults.Where(fault => !fault.CanBeServed).Select(fault => fault.ToString())];
            sound = found.Length == 0 ? town : DoorRules.WithoutFaults(town);
            return found;
        }
        catch (Exception exception) when (exception is NullReferenceException or ArgumentException)
        {
            // One town's odd data must stop neither its own last good configuration nor the other towns' changes.
            sound = town with { ThirdPartyServices = [], AllowedOrigins = [], Limits = new TownLimits() };
            return [$"the configuration is incomplete: {exception.Message}"];
        }
    }

    /// <param name="town">Without what is faulty, which matters where there is no last good configuration: at the start.</param>
    private TownRoutes RoutesOf(Town town, IReadOnlyList<string> found, TownRoutes? before, Dictionary<string, IReadOnlyList<string>> faults)
    {
        var own = town.Services.Select(service => _platform.ByAppId.GetValueOrDefault(service.Name)).OfType<Target>()
            // The registry is nobody's service in particular, and the portal is no API.
            .Where(target => target.Name is not (AppIds.Registry or AppIds.Portal));
        if (found.Count > 0)
        {
            faults[town.Code] = found;
            foreach (var fault in found)
            {
                _log.RouteFault(town.Code, fault);
            }

            if (before is not null)
            {
                var kept = before.Targets.Values.Select(entry => entry.Target).Where(target => target.IsThirdParty);
                return new TownRoutes(town.Code, own.Concat(kept), before.Limits, before.AllowedOrigins);
            }
        }

        return new TownRoutes(
            town.Code,
            own.Concat(town.ThirdPartyServices.Select(service => _thirdParties.Create(service, before?.Targets.GetValueOrDefault(service.Name)?.Target))),
            town.Limits,
            town.AllowedOrigins);
    }

    /// <param name="Version">Counts changes since the start.</param>
    /// <param name="Faults">Of the towns whose newest configuration is not in force.</param>
    internal sealed record Snapshot(
        long Version, DateTimeOffset AppliedAt, Dictionary<string, TownRoutes> Towns, Dictionary<string, IReadOnlyList<string>> Faults)
    {
        private readonly Dictionary<string, TownRoutes>.AlternateLookup<ReadOnlySpan<char>> _byCode =
            Towns.GetAlternateLookup<ReadOnlySpan<char>>();

        public IEnumerable<ThirdPartyDocument> ThirdParties()
            => Towns.Values.OrderBy(town => town.Code, StringComparer.Ordinal).SelectMany(town => town.Targets.Values.Select(entry => entry.Target)
                .Where(target => target.IsThirdParty)
                .Select(target => new ThirdPartyDocument(town.Code, target.Name, target.Title, target.OpenApi)));

        public TownRoutes? Find(ReadOnlySpan<char> municipality) => _byCode.TryGetValue(municipality, out var town) ? town : null;
    }
}
