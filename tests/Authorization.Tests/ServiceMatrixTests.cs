using SmartCity.Alerts;
using SmartCity.Gateway;
using SmartCity.Portal;
using SmartCity.Registry;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.Telemetry;

namespace SmartCity.Authorization.Tests;

/// <summary>Each service by itself, without a gateway before it: every route with every kind of token.</summary>
public sealed class ServiceMatrixTests
{
    private static readonly CityService[] Services =
        [TelemetryService.Definition, AlertsService.Definition, PortalService.Definition, GatewayService.Definition, RegistryService.Definition];

    public static TheoryData<string> AppIds => [.. Services.Select(service => service.AppId)];

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task Route_WithEveryKindOfToken_AnswersAsTheMatrixSays(string appId)
    {
        await using var service = await RunningService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
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
                if (!Matrix.Rows.TryGetValue(name, out var access))
                {
                    faults.Add($"{name} is not in the matrix: say there who may use it.");
                    continue;
                }

                foreach (var (kind, token, expected) in Expectations.Of(access))
                {
                    var status = await service.SendAsync(method, RunningService.PathOf(pattern), token);
                    if (!Expectations.Holds(expected, status))
                    {
                        faults.Add($"{name} ({access}) with {kind}: {status} instead of {expected}.");
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
        foreach (var definition in Services)
        {
            await using var service = await RunningService.StartAsync(definition);
            found.UnionWith(service.Endpoints.SelectMany(endpoint => RunningService.MethodsOf(endpoint).Select(method => $"{definition.AppId} {method} {endpoint.RoutePattern.RawText}")));
        }

        Matrix.Rows.Keys.Except(found, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
