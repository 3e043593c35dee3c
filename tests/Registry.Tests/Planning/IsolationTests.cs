using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Planning;

/// <summary>What the services hold stays in the database where it is: with another isolation it would be out of reach.</summary>
public sealed class IsolationTests
{
    private const string OwnDatabase = Samples.Nanao + "\nisolation: Database\n";

    [Fact]
    public async Task Isolation_WhenTheTownIsNew_IsFree()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(OwnDatabase);
        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldContain("isolation: Database");
    }

    [Theory]
    [InlineData(0, HttpStatusCode.Accepted)]
    [InlineData(1234, HttpStatusCode.Conflict)]
    public async Task Isolation_WhenTheServicesHoldData_NeedsAllowDestroy(long readings, HttpStatusCode expected)
    {
        await using var app = await RegistryApp.StartAsync();
        app.Sidecar.Answer(_ => Results.Json(new[] { new { device = "river-1", count = readings, what = "readings" } }));
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.ProposeAsync(OwnDatabase);

        answer.StatusCode.ShouldBe(expected);
        if (readings > 0)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("1,234 readings");
            (await app.ProposeAsync(OwnDatabase, allowDestroy: true)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }
    }
}
