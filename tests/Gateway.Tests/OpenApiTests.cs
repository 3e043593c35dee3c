using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests;

public sealed class OpenApiTests
{
    private const string Document = """
        {"openapi":"3.1.1","paths":{"/api/{municipality}/SERVICE/items":{"get":{"operationId":"list","summary":"All <items>",
        "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}}}}}},
        "components":{"schemas":{"Item":{"type":"object","properties":{"id":{"type":"string","description":"of SERVICE"},"next":{"$ref":"#/components/schemas/Item"}}}}}}
        """;

    [Fact]
    public async Task Document_WhenServicesShareSchemaNames_KeepsThemApart()
    {
        await using var gateway = await StartAsync();

        var document = JsonDocument.Parse(await gateway.GetTextAsync("/openapi.json")).RootElement;

        document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ShouldBe(["/api/{municipality}/alerts/items", "/api/{municipality}/telemetry/items"]);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("alerts.Item").GetProperty("properties").GetProperty("id").GetProperty("description").GetString().ShouldBe("of alerts");
        schemas.GetProperty("telemetry.Item").GetProperty("properties").GetProperty("next").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/telemetry.Item");
        document.GetProperty("x-not-answering").EnumerateArray().Select(service => service.GetString()).ShouldBe(["transit"]);
        document.GetProperty("x-third-party-services").EnumerateArray().ShouldHaveSingleItem().GetProperty("openApi").GetString().ShouldBe("https://lamps.example/openapi.json");
    }

    [Fact]
    public async Task Page_WhenRead_NamesEveryServiceRouteAndSchemaWithoutScripts()
    {
        await using var gateway = await StartAsync();

        var page = await gateway.GetTextAsync("/openapi");

        foreach (var part in new[] { "<html lang=\"en\">", "alerts/items", "telemetry/items", "alerts.Item", "of telemetry", "All &lt;items&gt;", "https://lamps.example/openapi.json", "/api/162043/lamps", "<strong>transit</strong> does not answer" })
        {
            page.ShouldContain(part);
        }

        page.ShouldNotContain("<script");
        page.ShouldNotContain("style=");
        (await gateway.GetTextAsync("/openapi/style.css")).ShouldContain("prefers-color-scheme: dark");
    }

    private static async Task<GatewayApp> StartAsync()
    {
        var platform = new Dictionary<string, Backend>(StringComparer.Ordinal);
        foreach (var service in new[] { AppIds.Alerts, AppIds.Telemetry })
        {
            platform[service] = await Backend.StartAsync(context => context.Response.WriteAsync(Document.Replace("SERVICE", service, StringComparison.Ordinal)));
        }

        platform[AppIds.Transit] = await Backend.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        var gateway = await GatewayApp.StartAsync(platform);
        gateway.Serve(TestTown.Of(TestTown.Lamps(platform[AppIds.Alerts].Address) with { OpenApi = "https://lamps.example/openapi.json" }));
        return gateway;
    }
}
