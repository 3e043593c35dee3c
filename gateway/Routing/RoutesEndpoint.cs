using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartCity.Gateway.Routing;

/// <summary>What is in force and what is wrong, for operators.</summary>
internal static class RoutesEndpoint
{
    public static Ok<RoutesView> Get(RouteBook book)
    {
        var now = book.Current;
        return TypedResults.Ok(new RoutesView(
            now.Version,
            now.AppliedAt,
            now.Towns.Count,
            now.Towns.Values.Sum(town => town.Targets.Values.Count(entry => entry.Target.IsThirdParty)),
            now.Faults.OrderBy(town => town.Key, StringComparer.Ordinal).Select(town => new TownFaults(town.Key, town.Value)).ToArray(),
            now.Towns.Values.SelectMany(town => town.Targets.Values.Select(entry => entry.Target).Where(target => target.IsThirdParty)
                    .SelectMany(target => target.Upstream.Replicas.Where(replica => replica.IsOpen || replica.IsUnhealthy)
                        .Select(replica => new ReplicaView(town.Code, target.Name, replica.Address))))
                .ToArray()));
    }
}

/// <param name="Version">Counts changes since the gateway started.</param>
/// <param name="Faults">Of towns whose newest configuration is not in force: all that is wrong with it.</param>
/// <param name="NotAnswering">Replicas that are left alone for now.</param>
internal sealed record RoutesView(
    long Version, DateTimeOffset AppliedAt, int Municipalities, int ThirdPartyServices, IReadOnlyList<TownFaults> Faults, IReadOnlyList<ReplicaView> NotAnswering);

internal sealed record TownFaults(string Municipality, IReadOnlyList<string> Faults);

internal sealed record ReplicaView(string Municipality, string Service, string Address);
