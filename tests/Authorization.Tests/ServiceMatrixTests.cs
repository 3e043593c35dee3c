using SmartCity.Contracts;

namespace SmartCity.Authorization.Tests;

/// <summary>Each service by itself, without a gateway before it: every route with every kind of token.</summary>
public sealed class ServiceMatrixTests
{
    [Theory]
    [MemberData(nameof(CityServices.Names), MemberType = typeof(CityServices))]
    public async Task Route_WithEveryKindOfToken_AnswersAsTheMatrixSays(string appId)
    {
        await using var service = await RunningService.StartAsync(CityServices.Of(appId));
        var faults = new List<string>();
        foreach (var endpoint in service.Endpoints)
        {
            foreach (var method in RunningService.MethodsOf(endpoint))
            {
                var pattern = endpoint.RoutePattern.RawText!;
                if (Matrix.OfEveryService.Contains(pattern))
                {
                    continue;
                }

                var name = $"{appId} {method} {pattern}";
                if (!Matrix.Rows.TryGetValue(name, out var row))
                {
                    faults.Add($"{name} is not in the matrix: say there who may use it.");
                    continue;
                }

                foreach (var (kind, token, expected) in Expectations.Of(row.Access, appId == AppIds.Gateway))
                {
                    var status = await service.SendAsync(method, RunningService.PathOf(pattern), token);
                    if (!Expectations.Holds(expected, status, row.Passing))
                    {
                        faults.Add($"{name} ({row.Access}) with {kind}: {status} instead of {(expected == Expectations.Passes && row.Passing is { } passing ? passing : expected)}.");
                    }
                }
            }
        }

        faults.ShouldBeEmpty(string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task Matrix_HasNoRouteThatIsNoMore()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in CityServices.All)
        {
            await using var service = await RunningService.StartAsync(definition);
            found.UnionWith(service.Endpoints.SelectMany(endpoint => RunningService.MethodsOf(endpoint).Select(method => $"{definition.AppId} {method} {endpoint.RoutePattern.RawText}")));
        }

        Matrix.Rows.Keys.Except(found, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
