using System.Collections.Concurrent;

namespace SmartCity.Transit.Vehicles.Duties;

/// <summary>Which trips a vehicle is to make, for vehicles that do not say so themselves.</summary>
public sealed class DutyBook
{
    private readonly ConcurrentDictionary<(string Municipality, string Vehicle), IReadOnlyList<string>> _duties = new();

    /// <summary>Ids of trips in their order; empty where nobody said.</summary>
    public IReadOnlyList<string> Of(string municipality, string vehicle) => _duties.GetValueOrDefault((municipality, vehicle), []);

    /// <summary>Replaces a vehicle's duty; an empty one ends it.</summary>
    public void Set(string municipality, string vehicle, IReadOnlyList<string> tripIds)
    {
        if (tripIds.Count == 0)
        {
            _duties.TryRemove((municipality, vehicle), out _);
        }
        else
        {
            _duties[(municipality, vehicle)] = [.. tripIds];
        }
    }
}
