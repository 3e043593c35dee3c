using System.Net;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Manifests;

/// <summary>The commands that a town allows for its devices.</summary>
public sealed class CommandManifestTests
{
    private const string Good = Samples.Nanao + """

        deviceKinds:
          - kind: river
            commands:
              - name: set-opening
                role: officer
                secondPerson: true
                expiresInSeconds: 120
                arguments:
                  openingPercent: { type: number, minimum: 0, maximum: 100 }
              - name: show
                arguments:
                  text: { type: text, maximumLength: 40 }
                  colour: { type: text, values: [red, white], optional: true }
              - { name: stop }
        """;

    [Fact]
    public async Task Manifest_WhenKindsHaveCommands_IsExportedAsTheSameBytes()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Good);
        var exported = await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync();

        exported.ShouldContain("name: set-opening");
        exported.ShouldContain("openingPercent: {type: number, minimum: 0, maximum: 100, optional: false}");
        var again = await app.ProposeAsync(exported);
        (await RegistryApp.ReadAsync(again))["steps"]!.AsArray().ShouldBeEmpty();
        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldBe(exported);
    }

    [Fact]
    public async Task Manifest_WhenKindsHaveNoCommands_SaysNothingOfThem()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao + "\ndeviceKinds:\n  - { kind: river, payload: { preset: the-things-stack } }\n");

        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldNotContain("commands");
    }

    [Fact]
    public async Task Plan_WhenASecondPersonIsNoLongerNeeded_ShowsItAtItsKind()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Good);

        var plan = await RegistryApp.ReadAsync(await app.ProposeAsync(Good.Replace("secondPerson: true", "secondPerson: false", StringComparison.Ordinal)));

        var step = (plan["plan"] ?? plan)["steps"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)step["section"], (string?)step["id"]).ShouldBe(("deviceKinds", "river"));
    }

    [Fact]
    public async Task Plan_WhenNobodyCouldApprove_Warns()
    {
        await using var app = await RegistryApp.StartAsync();

        var plan = await RegistryApp.ReadAsync(await app.ProposeAsync(Good));

        var warning = (plan["plan"] ?? plan)["warnings"]!.AsArray().Single(found => (string?)found!["code"] == "nobody-approves")!;
        ((string?)warning["field"]).ShouldBe("deviceKinds[0].commands[0].secondPerson");
    }

    [Theory]
    [InlineData("    role: officer", "    role: mayor", "value-unknown", 24, "deviceKinds[0].commands[0].role")]
    [InlineData("secondPerson: true", "secondPerson: perhaps", "wrong-type", 25, "deviceKinds[0].commands[0].secondPerson")]
    [InlineData("secondPerson: true", "secondPersons: true", "field-unknown", 25, "deviceKinds[0].commands[0].secondPersons")]
    [InlineData("expiresInSeconds: 120", "expiresInSeconds: 1", "value-out-of-range", 26, "deviceKinds[0].commands[0].expiresInSeconds")]
    [InlineData("minimum: 0", "minimum: 101", "bounds-exchanged", 28, "deviceKinds[0].commands[0].arguments.openingPercent.minimum")]
    [InlineData("type: number", "type: percent", "value-unknown", 28, "deviceKinds[0].commands[0].arguments.openingPercent.type")]
    [InlineData("type: number", "type: boolean", "bound-of-no-number", 28, "deviceKinds[0].commands[0].arguments.openingPercent")]
    [InlineData("openingPercent", "開度", "argument-name-malformed", 28, "deviceKinds[0].commands[0].arguments.開度")]
    [InlineData("type: text, maximumLength: 40", "type: integer, maximumLength: 40", "text-bound-of-no-text", 31, "deviceKinds[0].commands[1].arguments.text")]
    [InlineData("name: stop", "name: show", "twice", 33, "deviceKinds[0].commands[2].name")]
    [InlineData("name: stop", "role: clerk", "field-missing", 33, "deviceKinds[0].commands[2].name")]
    public async Task Manifest_WhenACommandIsBad_NamesLineAndField(string good, string bad, string code, int line, string field)
    {
        await using var app = await RegistryApp.StartAsync();

        var answer = await app.ProposeAsync(Good.Replace(good, bad, StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var notice = (await RegistryApp.ReadAsync(answer))["notices"]!.AsArray().First(found => (string?)found!["severity"] == "Error")!;
        ((string?)notice["code"], (string?)notice["field"]).ShouldBe((code, field));
        ((int)notice["line"]!).ShouldBe(line);
        ((int)notice["column"]!).ShouldBeGreaterThan(0);
    }
}
