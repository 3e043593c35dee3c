using System.Collections.Frozen;
using SmartCity.Contracts.Towns;

namespace SmartCity.Gateway.Routing;

/// <summary>All that is served for one town, as it was last valid.</summary>
internal sealed class TownRoutes
{
    private readonly Dictionary<string, TownTarget>.AlternateLookup<ReadOnlySpan<char>> _targets;

    public TownRoutes(string code, IEnumerable<Target> targets, TownLimits limits, IEnumerable<string> allowedOrigins)
    {
        Code = code;
        Limits = limits;
        AllowedOrigins = allowedOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Targets = targets.ToDictionary(target => target.Name, target => new TownTarget(target), StringComparer.Ordinal);
        _targets = Targets.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Code { get; }

    public TownLimits Limits { get; }

    public FrozenSet<string> AllowedOrigins { get; }

    public Dictionary<string, TownTarget> Targets { get; }

    public TownTarget? Find(ReadOnlySpan<char> service) => _targets.TryGetValue(service, out var target) ? target : null;
}

/// <summary>A target as one town uses it.</summary>
internal sealed class TownTarget(Target target)
{
    private int _writes;

    public Target Target { get; } = target;

    /// <summary>How often something was written, or told of on a stream, through this gateway: what was remembered before is out of date.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public void Wrote() => Interlocked.Increment(ref _writes);
}
