using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>The municipalities that this installation serves, as of now.</summary>
public interface ITownDirectory
{
    /// <summary>In the order of their codes.</summary>
    IReadOnlyList<Town> Towns { get; }

    bool TryGet(string? municipality, [NotNullWhen(true)] out Town? town);

    bool TryGetDevice(string municipality, string deviceId, [NotNullWhen(true)] out Device? device);

    /// <summary>Calls back after each change with the codes of the towns that came, changed or went.</summary>
    /// <param name="changed">Must be quick: the next change waits for it.</param>
    /// <returns>Dispose it to hear no more.</returns>
    IDisposable OnChange(Action<IReadOnlyCollection<string>> changed);
}

/// <summary>Whole snapshots, replaced at once: a reader sees all of a change or nothing of it.</summary>
public sealed class TownDirectory : ITownDirectory
{
    private readonly Lock _gate = new();
    private readonly List<Action<IReadOnlyCollection<string>>> _listeners = [];
    private volatile Snapshot _snapshot = new([]);

    public TownDirectory(params IEnumerable<Town> towns) => Replace(towns);

    public IReadOnlyList<Town> Towns => _snapshot.Towns;

    public bool TryGet(string? municipality, [NotNullWhen(true)] out Town? town)
    {
        town = municipality is not null && _snapshot.ByCode.TryGetValue(municipality, out var entry) ? entry.Town : null;
        return town is not null;
    }

    public bool TryGetDevice(string municipality, string deviceId, [NotNullWhen(true)] out Device? device)
    {
        device = null;
        return _snapshot.ByCode.TryGetValue(municipality, out var entry) && entry.Devices.Value.TryGetValue(deviceId, out device);
    }

    public IDisposable OnChange(Action<IReadOnlyCollection<string>> changed)
    {
        lock (_gate)
        {
            _listeners.Add(changed);
        }

        return new Subscription(this, changed);
    }

    /// <summary>Takes these towns in place of those with the same code, and leaves the others.</summary>
    public void Change(IReadOnlyCollection<Town> changed, IReadOnlyCollection<string> removed)
    {
        lock (_gate)
        {
            var gone = removed.Concat(changed.Select(town => town.Code)).ToHashSet(StringComparer.Ordinal);
            Publish([.. _snapshot.Towns.Where(town => !gone.Contains(town.Code)), .. changed], gone);
        }
    }

    /// <summary>Takes these towns and no others.</summary>
    public void Replace(IEnumerable<Town> towns)
    {
        lock (_gate)
        {
            var all = towns.ToArray();
            Publish(all, all.Concat(_snapshot.Towns).Select(town => town.Code).ToHashSet(StringComparer.Ordinal));
        }
    }

    private void Publish(Town[] towns, HashSet<string> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        _snapshot = new Snapshot(towns);
        foreach (var listener in _listeners.ToArray())
        {
            listener(changed);
        }
    }

    private sealed class Snapshot
    {
        public Snapshot(Town[] towns)
        {
            Array.Sort(towns, static (left, right) => string.CompareOrdinal(left.Code, right.Code));
            Towns = towns;
            ByCode = towns.ToFrozenDictionary(
                town => town.Code,
                town => (town, new Lazy<FrozenDictionary<string, Device>>(() => town.Devices.ToFrozenDictionary(device => device.Id, StringComparer.Ordinal))),
                StringComparer.Ordinal);
        }

        public IReadOnlyList<Town> Towns { get; }

        public FrozenDictionary<string, (Town Town, Lazy<FrozenDictionary<string, Device>> Devices)> ByCode { get; }
    }

    private sealed class Subscription(TownDirectory directory, Action<IReadOnlyCollection<string>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (directory._gate)
            {
                directory._listeners.Remove(listener);
            }
        }
    }
}
