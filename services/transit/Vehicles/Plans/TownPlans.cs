using System.Collections.Concurrent;

namespace SmartCity.Transit.Vehicles.Plans;

/// <summary>The live feed version of every town, as real time sees it.</summary>
public sealed class TownPlans
{
    private readonly ConcurrentDictionary<string, ITripPlans> _plans = new(StringComparer.Ordinal);

    /// <summary>Null while the town has no feed.</summary>
    public ITripPlans? Of(string municipality) => _plans.GetValueOrDefault(municipality);

    /// <summary>Puts a version live; whoever reads from now on reads it.</summary>
    public void Set(string municipality, ITripPlans plans) => _plans[municipality] = plans;

    public void Remove(string municipality) => _plans.TryRemove(municipality, out _);
}
