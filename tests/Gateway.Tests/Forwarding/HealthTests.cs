using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.TestKit;

namespace SmartCity.Gateway.Tests.Forwarding;

public sealed class HealthTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Replica_WhenItsHealthCheckFails_IsLeftAloneAndComesBack()
    {
        var isIll = true;
        await using var ill = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health" && Volatile.Read(ref isIll) ? 500 : 200;
            return context.Response.WriteAsync("ill");
        });
        await using var well = await Backend.SayingAsync("well");
        await using var gateway = await GatewayApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(_clock));
        gateway.Serve(TestTown.Of(TestTown.Lamps(ill.Address, well.Address) with { HealthPath = "/health" }));
        (await AskAsync(gateway)).ShouldBe(["ill", "well"], ignoreOrder: true);

        await UntilNotAnsweringAsync(gateway, 1);
        (await AskAsync(gateway)).ShouldBe(["well", "well"]);

        Volatile.Write(ref isIll, false);
        await UntilNotAnsweringAsync(gateway, 0);
        (await AskAsync(gateway)).ShouldBe(["ill", "well"], ignoreOrder: true);
    }

    private static async Task<string[]> AskAsync(GatewayApp gateway)
        => [await gateway.GetTextAsync("/api/162043/lamps/x"), await gateway.GetTextAsync("/api/162043/lamps/x")];

    /// <summary>Lets the clock reach the next check until it has found that many ill replicas.</summary>
    private async Task UntilNotAnsweringAsync(GatewayApp gateway, int replicas)
    {
        using var patience = new CancellationTokenSource(GatewayApp.Patience);
        while (await NotAnsweringAsync(gateway) != replicas)
        {
            patience.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private static async Task<int> NotAnsweringAsync(GatewayApp gateway)
    {
        var routes = await gateway.GetTextAsync("/gateway/routes", gateway.Issuer.TokenFor("o", CityRoles.Operator, ""));
        return JsonDocument.Parse(routes).RootElement.GetProperty("notAnswering").GetArrayLength();
    }
}
