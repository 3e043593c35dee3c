using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Finds the grain class of an interface among the assemblies that use grains.</summary>
internal sealed class GrainCatalog
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();
    private readonly HashSet<Assembly> _scanned = [];
    private volatile Dictionary<GrainType, GrainClass> _byType = [];

    /// <summary>The only class that implements the interface; throws <see cref="ArgumentException"/> when there is none or a choice.</summary>
    public GrainClass Find(Type interfaceType, string? classNamePrefix) =>
        _byInterface.TryGetValue((interfaceType, classNamePrefix), out var found)
            ? found
            : _byInterface.GetOrAdd((interfaceType, classNamePrefix), Choose(interfaceType, classNamePrefix));

    public GrainClass Find(GrainType grainType)
    {
        if (!_byType.TryGetValue(grainType, out var found))
        {
            Scan();
            if (!_byType.TryGetValue(grainType, out found))
            {
                throw new ArgumentException($"Could not find an implementation for grain type {grainType}", nameof(grainType));
            }
        }

        return found;
    }

    private GrainClass Choose(Type interfaceType, string? prefix)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
        {
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        }

        Scan();
        var candidates = _byType.Values.Where(c => interfaceType.IsAssignableFrom(c.Type)).ToArray();
        if (prefix is not null)
        {
            candidates = [.. candidates.Where(c => c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)
                || c.Type.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        // Of several classes the one that is named like the interface is meant.
        var byName = candidates.Where(c => string.Equals("I" + c.Type.Name, interfaceType.Name, StringComparison.Ordinal)).ToArray();
        return candidates.Length == 1 ? candidates[0]
            : byName.Length == 1 ? byName[0]
            : candidates.Length == 0 ? throw new ArgumentException($"Could not find an implementation for interface {interfaceType}", nameof(interfaceType))
            : throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: {string.Join(", ", candidates.Select(static c => c.Type))}",
                nameof(interfaceType));
    }

    private void Scan()
    {
        lock (_gate)
        {
            var classes = new Dictionary<GrainType, GrainClass>(_byType);
            foreach (var assembly in GrainAssemblies.Find())
            {
                if (_scanned.Add(assembly))
                {
                    foreach (var type in GrainAssemblies.GrainClassesOf(assembly))
                    {
                        Add(classes, type);
                    }
                }
            }

            _byType = classes;
        }
    }

    private static void Add(Dictionary<GrainType, GrainClass> classes, Type type)
    {
        var grainType = GrainAssemblies.GrainTypeOf(type);
        if (classes.TryGetValue(grainType, out var other))
        {
            // Two services in one process may each have a class of that name: the full name keeps them apart.
            grainType = GrainType.Create(type.FullName!.ToLowerInvariant());
            if (type.IsDefined(typeof(GrainTypeAttribute), inherit: false))
            {
                throw new OrleansConfigurationException($"{type} and {other.Type} have the same grain type {other.GrainType}.");
            }
        }

        classes.Add(grainType, new GrainClass(type, grainType));
    }
}
