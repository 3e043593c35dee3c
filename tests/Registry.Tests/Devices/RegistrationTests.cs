using System.Net;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Devices;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Register_WhenTheDeviceIsNew_ShowsItsKeyOnceAndTellsTheServices()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.Sidecar.NextAsync();

        var answer = await app.RegisterAsync(DeviceCalls.River("river-2"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var device = await RegistryApp.ReadAsync(answer);
        var key = (string)device["key"]!;
        key.ShouldMatch("^([2-9A-HJ-NP-Z]{4}-){7}[2-9A-HJ-NP-Z]{4}$");
        ((string?)device["userName"]).ShouldBe("172022/river-2");
        ((string?)device["topic"]).ShouldBe("sc/v1/172022/river-2/telemetry");
        (await app.Sidecar.NextAsync()).Data.GetProperty("sections")[0].GetString().ShouldBe("devices");
        var details = await (await app.SendAsync(HttpMethod.Get, $"{DeviceCalls.Devices}/river-2")).Content.ReadAsStringAsync();
        details.ShouldContain((string)device["keyId"]!);
        details.ShouldNotContain(key);
        var change = (await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, "changes?status=Applied")))["items"]![0]!;
        ((string?)change["kind"]).ShouldBe("Registration");
        ((string?)change["plan"]!["steps"]![0]!["id"]).ShouldBe("river-2");
    }

    [Fact]
    public async Task Register_WhenTheRequestComesAgain_MakesNoSecondDeviceAndShowsNoKey()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var first = await app.KeyOfNewAsync("river-2");

        var again = await app.RegisterAsync(DeviceCalls.River("river-2", "川river-2"));

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await RegistryApp.ReadAsync(again);
        answer.ContainsKey("key").ShouldBeFalse();
        ((string?)answer["keyId"]).ShouldBe((string?)first["keyId"]);
        ((string?)answer["hint"])!.ShouldContain("POST devices/{id}/keys");
        (await app.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Register_WhenTheIdIsAnotherDevices_IsAConflict()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.RegisterAsync(DeviceCalls.River("river-1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string?)(await RegistryApp.ReadAsync(answer))["type"]).ShouldBe("urn:smartcity:problem:device-exists");
    }

    [Fact]
    public async Task Register_WhenTheFormIsWrong_ListsEveryFault()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.RegisterAsync(new { id = "a b", name = new { en = "no Japanese" }, latitudeDegrees = 136.9, longitudeDegrees = 37.0, colour = "red" });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var fields = DeviceCalls.NoticesOf(await RegistryApp.ReadAsync(answer)).Select(notice => (string?)notice!["field"]).ToList();
        fields.ShouldContain("id");
        fields.ShouldContain("latitudeDegrees");
        fields.Count.ShouldBeGreaterThanOrEqualTo(5);
        (await app.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("123456789018")]
    [InlineData("１２３４５６７８９０１８")]
    public async Task Register_WhenANameHoldsAnIndividualNumber_IsRefused(string number)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.RegisterAsync(DeviceCalls.River("river-2", "川 " + number));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(number);
        (await app.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Register_WhenCodesAreAskedFor_AnswersThemForPaperAndTerminal()
    {
        await using var app = await RegistryApp.StartAsync("--Registry:Mqtt:Host", "mqtt.example.jp", "--Registry:Mqtt:Port", "8883");
        await app.OnboardAsync(Samples.Nanao);

        var svg = await RegistryApp.ReadAsync(await app.RegisterAsync(DeviceCalls.River("river-2"), "?qr=true"));
        var text = await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Post, $"{DeviceCalls.Devices}/river-2/keys?qr=text"));

        ((string)svg["qrSvg"]!).ShouldStartWith("<svg ");
        ((string)text["qrText"]!).Split('\n').Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Register_WhenThePlaceOrNameIsTakenAlready_OnlyWarns()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.RegisterAsync(DeviceCalls.River("river-2", "サイトウ川"));

        var device = await RegistryApp.ReadAsync(await app.RegisterAsync(DeviceCalls.River("river-3", "さいとう　川")));

        DeviceCalls.NoticesOf(device).Select(notice => (string?)notice!["code"]).ShouldBe(["same-name", "same-place"], ignoreOrder: true);
        (await app.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Register_WhenTheClerkIsOfAnotherTown_IsForbidden()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.SendAsync(HttpMethod.Post, DeviceCalls.Devices, DeviceCalls.River("river-2"), town: RegistryApp.OtherTown);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.CountAsync()).ShouldBe(1);
    }
}
