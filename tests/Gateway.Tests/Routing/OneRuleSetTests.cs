using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts;
using SmartCity.Gateway.Routing;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Gateway.Tests.Routing;

/// <summary>What two people agreed to is what is served: the gateway takes whatever a manifest may say.</summary>
public sealed class OneRuleSetTests
{
    private const int Cases = 3000;

    private static readonly string?[] Names = ["lamps", "a", "lamps\n", "alerts", "Lamps", "lamps-2"];
    private static readonly string[] Parts =
        ["stops", "v1", "{id}", "x{id}", "{id}.xml", "停留所", "{**rest}", "{**}", "", ".", "..", "a b", "a?x", "a#x", "a%2f", "a\\b", "*", "{}", "{a}{b}", "}a{", "{id", "…"];
    private static readonly string?[] HealthPaths = [null, "/health", "/health?full=1", "//x", "/../../v1.0/state", "/%2e%2e/x", "/./x", "/a b", "/a\\b", "/"];
    private static readonly string?[] Origins =
        ["https://a.example", "https://a.example:8443", "https://a.example:443", "http://A.example", "https://市.jp", "https://[::1", "https://u:p@a.example", "https://a.example."];
    private static readonly string?[] AppIds = ["lamp-app", "LampApp", "Registry", "-lamps", new string('a', 63), new string('a', 64), "lamp.app"];
    private static readonly string?[] Urls =
        ["http://a.example", "https://a.example:8443/v1/", "http://a.example?x=1", "http://a.example/#x", "http://u:p@a.example", "http://:80", "http://[::1", "http://a..example", "ftp://a.example"];
    private static readonly string?[] Roles = [null, "clerk", "king"];

    [Fact]
    public async Task Manifest_WhenTheRegistryTakesIt_IsServedByTheGateway()
    {
        await using var gateway = await GatewayApp.StartAsync();
        var book = gateway.Services.GetRequiredService<RouteBook>();
        var random = new Random(20261129);
        var taken = 0;
        for (var turn = 0; turn < Cases; turn++)
        {
            var manifest = Manifest(random);
            if (ManifestReader.Read(manifest).Town is not { } town)
            {
                continue;
            }

            taken++;
            gateway.Serve(town);
            book.Current.Faults.GetValueOrDefault(town.Code).ShouldBeNull(manifest);
            book.Current.Find(town.Code)!.Targets.Values.Count(entry => entry.Target.IsThirdParty).ShouldBe(town.ThirdPartyServices.Count, manifest);
        }

        // Else the cases would say nothing.
        taken.ShouldBeInRange(Cases / 20, Cases * 19 / 20);
    }

    [Fact]
    public async Task BadConfiguration_WhenThereIsNoGoodOneYet_IsServedWithoutWhatIsWrong()
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");

        gateway.Serve(TestTown.Of(
            TestTown.Lamps(lamps.Address),
            TestTown.Lamps(lamps.Address) with { Name = "buses", Routes = [new() { Path = "/stops/" }] }) with
        { AllowedOrigins = ["https://www.city.example", "https://www.city.example:443"] });

        (await gateway.GetTextAsync("/api/162043/lamps/x")).ShouldBe("on");
        using var buses = await gateway.GetAsync("/api/162043/buses/stops");
        (await GatewayApp.ProblemAsync(buses, System.Net.HttpStatusCode.NotFound)).ShouldBe("service-not-onboarded");
        var book = gateway.Services.GetRequiredService<RouteBook>().Current;
        book.Faults[TestTown.Uozu].Count.ShouldBe(2);
        book.Find(TestTown.Uozu)!.AllowedOrigins.ShouldBe(["https://www.city.example"]);
    }

    [Fact]
    public async Task HealthPath_WhenItLeadsUp_IsNotAskedAndTheServiceIsServed()
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");

        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with { HealthPath = "/../../v1.0/secrets" }));

        (await gateway.GetTextAsync("/api/162043/lamps/x")).ShouldBe("on");
        gateway.Services.GetRequiredService<RouteBook>().Current.Find(TestTown.Uozu)!.Find("lamps")!.Target.Upstream.HealthPath.ShouldBeNull();
    }

    private static string Manifest(Random random)
    {
        var service = new JsonObject
        {
            ["name"] = Pick(random, Names),
            ["title"] = new JsonObject { ["ja"] = "街路灯" },
            ["routes"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => (JsonNode)Route(random))]),
            ["healthPath"] = Pick(random, HealthPaths),
            ["requiredRole"] = Pick(random, Roles),
        };
        if (random.Next(4) == 0)
        {
            service["appId"] = Pick(random, AppIds);
        }
        else
        {
            service["baseUrls"] = new JsonArray(Pick(random, Urls));
        }

        return JsonSerializer.Serialize(new JsonObject
        {
            ["code"] = TestTown.Uozu,
            ["name"] = new JsonObject { ["ja"] = "魚津市" },
            ["latitudeDegrees"] = 36.8,
            ["longitudeDegrees"] = 137.4,
            ["services"] = new JsonArray("telemetry"),
            ["thirdPartyServices"] = new JsonArray(service),
            ["allowedOrigins"] = random.Next(3) == 0 ? new JsonArray(Pick(random, Origins)) : [],
        }, CityJson.Options);
    }

    private static JsonObject Route(Random random) => new()
    {
        ["path"] = "/" + string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => Parts[random.Next(random.Next(5) == 0 ? Parts.Length : 6)])),
        ["cacheSeconds"] = random.Next(3) == 0 ? 5 : 0,
    };

    // Mostly the first, which is right, so that a manifest with one odd thing in it is as frequent as one with several.
    private static JsonNode? Pick(Random random, string?[] choices) => choices[random.Next(4) == 0 ? random.Next(choices.Length) : 0];
}
