using System.Net;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff.Alerting;

public sealed class ComposePageTests
{
    private const string Page = "/172022/staff/alerts/new";

    private static readonly (string, string)[] Choices =
        [("status", "Actual"), ("hazard", "landslide"), ("level", "4"), ("area", "circle"), ("place", ""), ("point", "37.04、136.96"), ("radius", "１５００"), ("hours", "3")];

    [Fact]
    public async Task Write_InTwoSteps_SendsChoicesAndWordsOfEveryLanguageUnderOneKey()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-1"));
        var html = (await app.OpenAsync(Page)).Html;
        // A level is chosen, never left over.
        html.ShouldNotContain("name=\"level\" value=\"4\" checked");
        using var preview = await app.SubmitAsync(html, Page, [.. Choices, ("step", "preview")]);
        preview.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = await preview.Content.ReadAsStringAsync();
        foreach (var language in new[] { "ja", "ja-Hira", "en", "vi" })
        {
            words.ShouldContain($"name=\"text.{language}.headline\" lang=\"{language}\"");
        }

        using var first = await app.SubmitAsync(words, Page, ("text.ja.headline", "裏山が崩れます"), ("text.vi.instruction", "Chạy đi"), ("step", "write"));
        first.Headers.Location!.OriginalString.ShouldBe("/172022/staff/alerts/drafts/d1");
        using var again = await app.SubmitAsync(words, Page, ("text.ja.headline", "裏山が崩れます"), ("text.vi.instruction", "Chạy đi"), ("step", "write"));
        var writes = app.Alerts.Writes.Where(write => write.Call == "POST /api/172022/alerts/drafts").ToList();
        writes.Count.ShouldBe(2);
        writes[0].Key.ShouldBe(writes[1].Key);
        writes[0].Body!.ToJsonString().ShouldBe(writes[1].Body!.ToJsonString());
        var body = writes[0].Body!;
        (body["status"]!.ToString(), body["level"]!.GetValue<int>(), body["hazard"]!.ToString(), body["expiresAfterSeconds"]!.GetValue<double>()).ShouldBe(("Actual", 4, "landslide", 10800d));
        var circle = body["area"]!["circle"]!;
        (circle["latitudeDegrees"]!.GetValue<double>(), circle["longitudeDegrees"]!.GetValue<double>(), circle["radiusMetres"]!.GetValue<double>()).ShouldBe((37.04, 136.96, 1500));
        body["info"]!.AsArray().Single(info => info!["language"]!.ToString() == "ja")!["headline"]!.ToString().ShouldBe("裏山が崩れます");
        body["info"]!.AsArray().Single(info => info!["language"]!.ToString() == "vi")!["instruction"]!.ToString().ShouldBe("Chạy đi");
    }

    [Theory]
    [InlineData("status", "", "Choose whether it is real, the hazard and the level.")]
    [InlineData("level", "", "Choose whether it is real, the hazard and the level.")]
    [InlineData("hazard", "godzilla", "Choose whether it is real, the hazard and the level.")]
    [InlineData("point", "east", "Choose the middle of the circle")]
    [InlineData("radius", "5", "The radius is 10 to 50000 metres.")]
    public async Task Preview_WhenAChoiceIsWrong_AsksNobodyAndKeepsTheOthers(string field, string value, string says)
    {
        await using var app = await StaffApp.StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var refused = await app.SubmitAsync(html, Page, [.. Choices.Where(choice => choice.Item1 != field), (field, value), ("step", "preview")]);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain(says);
        page.ShouldContain("<option value=\"3\" selected");
        app.Alerts.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Preview_OfAPastedFeature_SendsItsPolygon()
    {
        await using var app = await StaffApp.StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        const string Feature = """{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[136.9,37.0],[137.0,37.0],[137.0,37.1],[136.9,37.0]]]}}""";
        using var preview = await app.SubmitAsync(html, Page, [.. Choices.Where(choice => choice.Item1 != "area"), ("area", "polygon"), ("polygon", Feature), ("step", "preview")]);
        app.Alerts.Writes.ShouldHaveSingleItem().Body!["area"]!["polygon"]!["type"]!.ToString().ShouldBe("Polygon");
        using var broken = await app.SubmitAsync(html, Page, [.. Choices.Where(choice => choice.Item1 != "area"), ("area", "polygon"), ("polygon", "{"), ("step", "preview")]);
        broken.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Write_WhenTheWordsAreRefused_KeepsWhatWasTyped()
    {
        await using var app = await StaffApp.StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var preview = await app.SubmitAsync(html, Page, [.. Choices, ("step", "preview")]);
        var words = await preview.Content.ReadAsStringAsync();
        app.Alerts.RefusalOf = "POST /api/172022/alerts/drafts";
        app.Alerts.Refusal = (422, "my-number-refused");
        using var refused = await app.SubmitAsync(words, Page, ("text.ja.headline", "番号 1234-5678-9018 の方へ"), ("step", "write"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain("Individual Number");
        page.ShouldContain("番号 1234-5678-9018 の方へ");
    }

    [Fact]
    public async Task Show_BeforeAnythingIsChosen_HasNoStatusPreselected()
    {
        await using var app = await StaffApp.StartAsync();
        var buttons = (await app.OpenAsync(Page)).Html.Split("<input").Where(part => part.Contains("name=\"status\"", StringComparison.Ordinal)).ToList();
        buttons.Count.ShouldBe(3);
        buttons.Count(button => button[..button.IndexOf('>', StringComparison.Ordinal)].Contains("checked", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Theory]
    [InlineData("hours", "6", true, true)]
    [InlineData("level", "5", false, false)]
    [InlineData("status", "Exercise", false, false)]
    [InlineData("radius", "900", true, false)]
    public async Task Edit_WhenWordsWereTyped_KeepsThemWhereTheyStillFitTheChoices(string field, string value, bool keepsWords, bool keepsArea)
    {
        await using var app = await StaffApp.StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var preview = await app.SubmitAsync(html, Page, [.. Choices, ("step", "preview")]);
        using var edit = await app.SubmitAsync(await preview.Content.ReadAsStringAsync(), Page, ("text.ja.headline", "裏山が\"崩れます"), ("text.ja.areaDescription", "裏山の下"), ("step", "edit"));
        using var again = await app.SubmitAsync(await edit.Content.ReadAsStringAsync(), Page, [.. Choices.Where(choice => choice.Item1 != field), (field, value), ("step", "preview")]);
        var words = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync());
        words.Contains("裏山が\"崩れます", StringComparison.Ordinal).ShouldBe(keepsWords);
        words.Contains("裏山の下", StringComparison.Ordinal).ShouldBe(keepsArea);
    }

    [Fact]
    public async Task Preview_OfADrill_IsUnmistakable()
    {
        await using var app = await StaffApp.StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var preview = await app.SubmitAsync(html, Page, [.. Choices.Where(choice => choice.Item1 != "status"), ("status", "Exercise"), ("step", "preview")]);
        var page = await preview.Content.ReadAsStringAsync();
        page.ShouldContain("ribbon-drill");
        Html.Words(page).ShouldContain("Make the draft of a drill or test");
    }
}
