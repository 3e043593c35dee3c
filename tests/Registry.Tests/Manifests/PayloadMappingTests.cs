using System.Net;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Devices;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Manifests;

/// <summary>Mappings of devices that a town already owns.</summary>
public sealed class PayloadMappingTests
{
    private const string Good = Samples.Nanao + """

        deviceKinds:
          - { kind: soil, payload: { preset: the-things-stack } }
          - kind: river
            payload:
              values:
                waterLevelMetres: { path: "$.d[0].cm", factor: 0.01 }
                batteryVolts: $.battery
                "*": $.others.*
              time: { path: $.ts, format: unixMilliseconds }
        """;

    [Fact]
    public async Task Manifest_WhenKindsHaveMappings_IsExportedAsTheSameBytes()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Good);
        var exported = await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

        exported.ShouldContain("format: unixMilliseconds");
        exported.ShouldContain("batteryVolts: \"$.battery\"");
        var again = await app.ProposeAsync(exported);
        (await RegistryApp.ReadAsync(again))["steps"]!.AsArray().ShouldBeEmpty();
        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldBe(exported);
    }

    [Fact]
    public async Task Plan_WhenAMappingChanges_ShowsItAtItsKind()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Good);

        var plan = await RegistryApp.ReadAsync(await app.ProposeAsync(Good.Replace("$.battery", "$.volts", StringComparison.Ordinal)));

        var step = (plan["plan"] ?? plan)["steps"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)step["section"], (string?)step["id"]).ShouldBe(("deviceKinds", "river"));
    }

    [Theory]
    [InlineData("$.battery", "$..battery", "path-malformed", 26, "deviceKinds[1].payload.values.batteryVolts")]
    [InlineData("batteryVolts", "電池", "metric-name-malformed", 26, "deviceKinds[1].payload.values.電池")]
    [InlineData("$.others.*", "$.others", "wildcard-alone", 27, "deviceKinds[1].payload.values.*")]
    [InlineData("$.ts", "$.ts.*", "path-malformed", 28, "deviceKinds[1].payload.time.path")]
    [InlineData("unixMilliseconds", "unixDays", "value-unknown", 28, "deviceKinds[1].payload.time.format")]
    [InlineData("the-things-stack", "another", "value-unknown", 21, "deviceKinds[0].payload.preset")]
    [InlineData("factor: 0.01", "factor: 0", "factor-zero", 25, "deviceKinds[1].payload.values.waterLevelMetres")]
    [InlineData("kind: soil", "kind: river", "twice", 22, "deviceKinds[1].kind")]
    [InlineData("preset: the-things-stack", "", "mapping-empty", 21, "deviceKinds[0].payload")]
    public async Task Manifest_WhenAMappingIsBad_NamesLineAndField(string good, string bad, string code, int line, string field)
    {
        await using var app = await RegistryApp.StartAsync();

        var answer = await app.ProposeAsync(Good.Replace(good, bad, StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var notice = (await RegistryApp.ReadAsync(answer))["notices"]!.AsArray().First(found => (string?)found!["severity"] == "Error")!;
        ((string?)notice["code"], (string?)notice["field"]).ShouldBe((code, field));
        ((int)notice["line"]!).ShouldBe(line);
        ((int)notice["column"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Register_WhenADeviceHasAMapping_IsTakenWithItOrRefusedForIt()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var refused = await app.RegisterAsync(Soil("$.a[1:2]"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var notice = DeviceCalls.NoticesOf(await RegistryApp.ReadAsync(refused)).ShouldHaveSingleItem()!;
        ((string?)notice["code"], (string?)notice["field"]).ShouldBe(("path-malformed", "payload.values.moisturePercent"));

        (await app.RegisterAsync(Soil("$.a[1]"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await app.RegisterAsync(Soil("$.a[1]"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var towns = JsonNode.Parse(await app.Client.GetStringAsync(new Uri("/internal/towns", UriKind.Relative)))!;
        ((string?)towns["towns"]![0]!["devices"]![1]!["payload"]!["values"]!["moisturePercent"]).ShouldBe("$.a[1]");
    }

    private static object Soil(string path) => new
    {
        id = "soil-1",
        kind = "soil",
        name = new { ja = "畑" },
        payload = new { values = new { moisturePercent = path } },
    };
}
