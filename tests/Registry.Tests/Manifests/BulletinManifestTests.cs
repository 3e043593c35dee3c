using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Manifests;

/// <summary>What a town does with the bulletins of the Japan Meteorological Agency.</summary>
public sealed class BulletinManifestTests
{
    private const string Good = Samples.Nanao + """

        bulletins:
          earthquakeAreas: ["390"]
          tsunamiAreas: ["360"]
          weatherAreas: ["170000", "170020"]
          rivers: []
          action: Publish
          kinds:
            - { kind: volcano, action: Ignore }
            - { kind: flood, action: Draft }
        """;

    [Fact]
    public async Task Manifest_WhenItNamesAreas_IsExportedAsTheSameBytes()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Good);
        var exported = await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

        exported.ShouldContain("earthquakeAreas: [\"390\"]");
        // An empty list says that no river is the town's; one that is left out says nothing.
        exported.ShouldContain("rivers: []");
        exported.ShouldNotContain("volcanoes");
        var again = await app.ProposeAsync(exported);
        (await RegistryApp.ReadAsync(again))["steps"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[\"390\"]", "[\"39\"]", "value-malformed", "bulletins.earthquakeAreas[0]")]
    [InlineData("[\"390\"]", "[390]", "wrong-type", "bulletins.earthquakeAreas[0]")]
    [InlineData("[\"360\"]", "[\"360\", \"360\"]", "twice", "bulletins.tsunamiAreas[1]")]
    [InlineData("kind: volcano", "kind: volcanoes", "value-unknown", "bulletins.kinds[0].kind")]
    [InlineData("kind: volcano", "kind: flood", "twice", "bulletins.kinds[1].kind")]
    [InlineData("action: Ignore", "action: Hide", "value-unknown", "bulletins.kinds[0].action")]
    [InlineData("rivers: []", "lakes: []", "field-unknown", "bulletins.lakes")]
    public async Task Plan_WhenSomethingIsWrong_NamesIt(string right, string wrong, string code, string field)
    {
        await using var app = await RegistryApp.StartAsync();
        Good.ShouldContain(right);
        var problem = await RegistryApp.ReadAsync(await app.ProposeAsync(Good.Replace(right, wrong, StringComparison.Ordinal)));
        problem["notices"]!.AsArray().Select(notice => ((string?)notice!["code"], (string?)notice["field"])).ShouldContain((code, field));
    }

    [Theory]
    [InlineData("\"170020\"", "\"160010\"", "area-elsewhere", "bulletins.weatherAreas[1]")]
    [InlineData("action: Publish", "action: Draft", "early-warning-held", "bulletins")]
    public async Task Plan_WhenSomethingIsOdd_Warns(string right, string odd, string code, string field)
    {
        await using var app = await RegistryApp.StartAsync();
        var plan = await RegistryApp.ReadAsync(await app.ProposeAsync(Good.Replace(right, odd, StringComparison.Ordinal)));
        (plan["plan"] ?? plan)["warnings"]!.AsArray().Select(notice => ((string?)notice!["code"], (string?)notice["field"])).ShouldContain((code, field));
    }
}
