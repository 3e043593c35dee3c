using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Authorization.Tests;

/// <summary>Every route of every service as the gateway alone sees it: what stands behind lets everybody in.</summary>
public sealed class GatewayMatrixTests
{
    private static readonly string Expired = TestTokens.Expired("p", "operator", RunningService.Town);

    [Fact]
    public async Task Route_ThroughTheGateway_IsOpenOrClosedAsTheMatrixSays()
    {
        await using var behind = await EchoService.StartAsync();
        await using var gateway = await RunningService.StartAsync(
            CityServices.Of(AppIds.Gateway), [.. AppIds.InPortOrder.Where(appId => appId != AppIds.Gateway).Select(appId => $"--Gateway:Services:{appId}={behind.Address}"), "--Gateway:CacheSeconds=0"]);
        var faults = new List<string>();
        foreach (var (name, row) in Matrix.Rows.Where(row => !row.Key.StartsWith(AppIds.Gateway + " ", StringComparison.Ordinal)))
        {
            var parts = name.Split(' ');
            foreach (var (kind, token, expected) in ExpectedAt(parts[2], row.Access))
            {
                var status = await gateway.SendAsync(parts[1], RunningService.PathOf(parts[2]), token);
                var asked = behind.TakeAsked();
                if (status != expected || asked != (expected == 200 ? 1 : 0))
                {
                    faults.Add($"{name} ({row.Access}) with {kind}: {status} instead of {expected}, and the service was asked {asked} times.");
                }
            }
        }

        faults.ShouldBeEmpty(string.Join(Environment.NewLine, faults));
    }

    // Another person each time: one alone would soon have asked too much.
    private static string Operator() => TestTokens.For($"operator-{Guid.NewGuid()}", "operator", null);

    private static string Stranger() => TestTokens.For($"resident-{Guid.NewGuid()}", "resident", RunningService.OtherTown);

    private static IEnumerable<(string Kind, string? Token, int Expected)> ExpectedAt(string pattern, Access access)
    {
        if (access == Access.Inside)
        {
            yield return ("no token", null, 404);
            yield return ("an operator's token", Operator(), 404);
            yield break;
        }

        // Of the registry, the gateway knows whose a municipality's paths are, and leaves the rest to it.
        var isOfTown = pattern.StartsWith("/api/{municipality}/", StringComparison.Ordinal) || pattern.StartsWith("/api/registry/municipalities/{municipality}/", StringComparison.Ordinal);
        var isClosed = isOfTown && access != Access.Open;
        yield return ("no token", null, isClosed ? 401 : 200);
        yield return ("another town's token", Stranger(), isClosed ? 403 : 200);
        // Whoever sends a token that is no good learns it, also where none is needed.
        yield return ("an expired token", Expired, 401);
        yield return ("an operator's token", Operator(), 200);
    }
}
