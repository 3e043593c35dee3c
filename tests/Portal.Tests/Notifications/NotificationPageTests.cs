using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Notifications;

public sealed class NotificationPageTests
{
    private const string Page = "/162043/notifications";

    private static readonly string Districts = Samples.Region.Replace("    services: [telemetry, alerts]\n    boundary:",
        "    services: [telemetry, { name: alerts, settings: { districts: [{ id: kita, name: { ja: 北地区, en: North } }] } }]\n    boundary:", StringComparison.Ordinal);

    private static readonly (string, string)[] Typed =
        [("address", "taro@example.jp"), ("languages", "en"), ("languages", "ja"), ("minimumLevel", "4"), ("hazards", "flood"), ("hazards", "tsunami"), ("district", ""), ("drills", "yes")];

    [Theory]
    [InlineData("ja", "保存される情報", "高齢者等避難")]
    [InlineData("ja-easy", "のこるもの", "けいかい")]
    [InlineData("en", "What is stored", "Evacuation of the elderly")]
    public async Task Show_InEachLanguage_SaysWhatIsStoredBeforeItAsksAnything(string language, string stored, string level)
    {
        await using var portal = await PortalApp.StartAsync(Districts);
        var html = await portal.GetAsync($"{Page}?lang={language}");

        html.IndexOf(stored, StringComparison.Ordinal).ShouldBeInRange(1, html.IndexOf("<form", StringComparison.Ordinal));
        html.ShouldContain(level);
        html.ShouldContain("<form id=\"wishes\" method=\"post\" action=\"/162043/notifications\"");
        html.ShouldContain("name=\"minimumLevel\" value=\"3\" checked");
        html.ShouldContain("<option value=\"kita\"");
        html.ShouldNotContain("name=\"name\"");
        // Without a script the first words stay: where this browser can't, and that e-mail works.
        html.ShouldContain("<p data-state=\"script\">");
        html.ShouldContain("<p data-state=\"on\" hidden");
    }

    [Fact]
    public async Task Send_WithoutAScript_PassesTheWishesOnAndSaysThatAMailComes()
    {
        await using var portal = await PortalApp.StartAsync();
        for (var press = 0; press < 2; press++)
        {
            var (status, html) = await PostAsync(portal, Typed);
            status.ShouldBe(HttpStatusCode.OK);
            Html.Words(html).ShouldContain("It goes to t…@example.jp.");
            html.ShouldNotContain("taro@example.jp");
        }

        portal.City.Safety.Writes.Count.ShouldBe(2);
        portal.City.Safety.Writes.ShouldAllBe(write => write.Call == "POST /api/162043/alerts/subscriptions" && write.From == "203.0.113.9");
        var body = portal.City.Safety.Writes.First().Body!;
        body["addresses"]![0]!.ToJsonString().ShouldBe("""{"channel":"email","address":"taro@example.jp"}""");
        (body["minimumLevel"]!.GetValue<int>(), body["drills"]!.GetValue<bool>(), body["district"]).ShouldBe((4, true, null));
        body["languages"]!.AsArray().Select(tag => tag!.GetValue<string>()).ShouldBe(["en", "ja"]);
        body["hazards"]!.AsArray().Select(hazard => hazard!.GetValue<string>()).ShouldBe(["flood", "tsunami"]);
    }

    [Fact]
    public async Task Send_WithEveryHazard_AsksForAllOfThemAlsoThoseToCome()
    {
        await using var portal = await PortalApp.StartAsync();
        string[] all = ["flood", "landslide", "storm-surge", "earthquake", "tsunami", "large-fire", "inland-flood", "volcano"];
        await PostAsync(portal, [.. Typed.Where(field => field.Item1 != "hazards"), .. all.Select(hazard => ("hazards", hazard))]);
        portal.City.Safety.Writes.ShouldHaveSingleItem().Body!["hazards"].ShouldBeNull();
    }

    [Theory]
    [InlineData("address", "Check the e-mail address")]
    [InlineData("languages", "Choose at least one language.")]
    [InlineData("hazards", "one kind of disaster")]
    [InlineData("minimumLevel", "Choose an alert level")]
    public async Task Send_WhenSomethingIsMissing_SaysWhatAndKeepsTheRest(string field, string words)
    {
        await using var portal = await PortalApp.StartAsync();
        var (status, html) = await PostAsync(portal, [.. Typed.Where(pair => pair.Item1 != field)]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Html.Words(html).ShouldContain(words);
        html.ShouldContain("name=\"drills\" value=\"yes\" checked");
        portal.City.Safety.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(422, "channel-not-offered", "E-mail is not offered here.")]
    [InlineData(422, "address-not-usable", "It looks like taro@example.jp.")]
    [InlineData(429, "too-many-subscriptions", "Try again in about an hour.")]
    [InlineData(500, "internal-error", "Check what you entered")]
    public async Task Send_WhenRefused_SaysWhyAndKeepsWhatWasTyped(int code, string problem, string words)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Safety.Refusal = (code, problem);
        var (status, html) = await PostAsync(portal, Typed);
        ((int)status).ShouldBe(code);
        Html.Words(html).ShouldContain(words);
        html.ShouldContain("value=\"taro@example.jp\"");
    }

    [Fact]
    public async Task Send_WhenNothingAnswers_SaysThatPressingAgainSendsOneMail()
    {
        await using var portal = await PortalApp.StartAsync();
        await portal.City.StopAsync();
        var (status, html) = await PostAsync(portal, Typed);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Html.Words(html).ShouldContain("however often, only one mail is sent");
    }

    [Fact]
    public async Task Send_WithAnIndividualNumber_IsNotPassedOn()
    {
        await using var portal = await PortalApp.StartAsync();
        var (status, _) = await PostAsync(portal, [.. Typed.Where(field => field.Item1 != "address"), ("address", "123456789018@example.jp")]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        portal.City.Safety.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_WhereTheTownHasNoAlerts_SaysSoAndOffersNoForm()
    {
        await using var portal = await PortalApp.StartAsync();
        var html = await portal.GetAsync("/163422/notifications?lang=en");
        html.ShouldNotContain("<form");
        Html.Words(html).ShouldContain("This town does not publish alerts here");
        (await portal.GetAsync("/163422?lang=en")).ShouldNotContain("/163422/notifications");
        (await portal.GetAsync("/162043?lang=en")).ShouldContain("href=\"/162043/notifications\"");
    }

    [Fact]
    public async Task Worker_Always_IsTheTownsOwnForAllItsPagesAndNotKept()
    {
        await using var portal = await PortalApp.StartAsync();
        using var response = await portal.SendAsync("/162043/push-worker.js");
        response.Headers.GetValues("Service-Worker-Allowed").ShouldBe(["/162043"]);
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/javascript; charset=utf-8");
        var script = await response.Content.ReadAsStringAsync();
        var given = JsonNode.Parse(script["const given = ".Length..script.IndexOf(";\n", StringComparison.Ordinal)])!;
        given["town"]!.GetValue<string>().ShouldBe("162043");
        given["words"]!.AsObject().Select(pair => pair.Key).ShouldBe(["ja", "ja-Hira", "en"]);
        given["words"]!["ja"]!["exercise"]!.GetValue<string>().ShouldBe("【訓練】");
        script.Length.ShouldBeLessThan(8_000);
        using var icon = await portal.SendAsync(given["icon"]!.GetValue<string>());
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        using var none = await portal.SendAsync("/999999/push-worker.js");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Manifest_Always_OpensTheTownInItsLanguageWithIconsThatAreThere()
    {
        await using var portal = await PortalApp.StartAsync();
        (await portal.GetAsync(Page + "?lang=en")).ShouldContain("<link rel=\"manifest\" href=\"/162043/app.webmanifest?lang=en\"");
        using var response = await portal.SendAsync("/162043/app.webmanifest?lang=en");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");
        using var manifest = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var root = manifest.RootElement;
        (root.GetProperty("name").GetString(), root.GetProperty("start_url").GetString(), root.GetProperty("display").GetString()).ShouldBe(("Uozu safety information", "/162043", "standalone"));
        foreach (var icon in root.GetProperty("icons").EnumerateArray())
        {
            using var file = await portal.SendAsync(icon.GetProperty("src").GetString()!);
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task<(HttpStatusCode Status, string Html)> PostAsync(PortalApp portal, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Page + "?lang=en") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.9");
        using var response = await portal.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
