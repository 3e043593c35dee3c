using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Safety;

public sealed partial class SafetyPageTests
{
    private const int MostBytes = 20_000;

    private static readonly (string, string)[] Typed =
        [("key", "0b6f0f5e-8a52-4a0e-9a5b-3a8a4a1f9c01"), ("status", "need-help"), ("needs", "medical"), ("needs", "elderly"), ("peopleCount", "３"), ("name", "山田 花子"), ("contact", "090-1111-2222"), ("place", "本町 2階"), ("sharedSecret", "おばあちゃんの ねこ")];

    [Theory]
    [InlineData("ja")]
    [InlineData("ja-easy")]
    [InlineData("en")]
    public async Task Page_WithItsStyleSheets_StaysBelow20KilobytesBeforeAndAfter(string language)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Safety.Family.AddRange(Enumerable.Range(1, 3).Select(number => new FamilyMember("山田 花子 " + number, "safe", 2, null, "学校にいます", FixedClock.Evening.GetUtcNow(), false)));

        (await WeightAsync(portal, await portal.GetAsync("/162043/safety?lang=" + language))).ShouldBeLessThan(MostBytes);
        var (_, found) = await PostAsync(portal, "/162043/safety/find?lang=" + language, ("sharedSecret", "おばあちゃんの ねこ"));
        (await WeightAsync(portal, found)).ShouldBeLessThan(MostBytes);
        var (_, opened) = await PostAsync(portal, "/162043/safety/mine?lang=" + language, ("code", "7QX2M-0RTVB"));
        (await WeightAsync(portal, opened)).ShouldBeLessThan(MostBytes);
        portal.City.Safety.Refusal = (409, "safety-check-closed");
        var (_, refused) = await PostAsync(portal, "/162043/safety?lang=" + language, Typed);
        (await WeightAsync(portal, refused)).ShouldBeLessThan(MostBytes);
    }

    [Theory]
    [InlineData("/162043/safety?lang=ja-easy")]
    [InlineData("/162043/shelters?lang=ja-easy")]
    public async Task Page_Always_LoadsNothingFromElsewhereAndHasNothingInline(string path)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Shelters.Add(Samples.Shelter("中学校", "open", 100));
        Elsewhere().Matches(await portal.GetAsync(path)).Select(match => match.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_WhenReceived_SaysSoWithTheTimeAndTheCodeAndPassesEverythingOn()
    {
        await using var portal = await PortalApp.StartAsync();
        var (status, html) = await PostAsync(portal, "/162043/safety?lang=en", Typed);

        status.ShouldBe(HttpStatusCode.OK);
        var words = Html.Words(html);
        words.ShouldContain("Received on 21 November 2026, 23:45 JST: I need help");
        words.ShouldContain("7QX2M-0RTVB");
        html.ShouldNotContain("name=\"status\"");
        var write = portal.City.Safety.Writes.ShouldHaveSingleItem();
        (write.Call, write.Key, write.IsStaff, write.From).ShouldBe(("POST /api/162043/alerts/safety-check", "0b6f0f5e-8a52-4a0e-9a5b-3a8a4a1f9c01", false, "203.0.113.9"));
        write.Body!["peopleCount"]!.GetValue<int>().ShouldBe(3);
        write.Body["needs"]!.AsArray().Select(need => need!.GetValue<string>()).ShouldBe(["medical", "elderly"]);
    }

    [Theory]
    [InlineData(409, "safety-check-closed", "Reports are not taken at the moment.")]
    [InlineData(429, "too-many-requests", "Wait about a minute")]
    [InlineData(422, "shared-secret-too-short", "too short")]
    [InlineData(500, "internal-error", "Press again.")]
    public async Task Send_WhenRefused_SaysWhyAndKeepsWhatWasTypedWithItsKey(int code, string problem, string words)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Safety.Refusal = (code, problem);
        var (status, html) = await PostAsync(portal, "/162043/safety?lang=en", Typed);

        ((int)status).ShouldBe(code);
        Html.Words(html).ShouldContain(words);
        foreach (var text in new[] { "0b6f0f5e-8a52-4a0e-9a5b-3a8a4a1f9c01", "山田 花子", "本町 2階", "090-1111-2222" })
        {
            html.ShouldContain($"value=\"{text}\"");
        }
    }

    [Fact]
    public async Task Send_WhenNothingAnswers_SaysThatPressingAgainDoesNotDouble()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Failing.Add(AppIds.Alerts);
        await portal.City.StopAsync();
        var (status, html) = await PostAsync(portal, "/162043/safety?lang=en", Typed);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Html.Words(html).ShouldContain("it will not be reported twice");
        html.ShouldContain("value=\"0b6f0f5e-8a52-4a0e-9a5b-3a8a4a1f9c01\"");
    }

    [Theory]
    [InlineData("name", "1234 5678 9018", "Individual Number")]
    [InlineData("message", "１２３４５６７８９０１８", "Individual Number")]
    [InlineData("peopleCount", "many", "Give the number of people")]
    [InlineData("status", "", "Choose whether you are safe")]
    public async Task Send_WhenAFieldIsWrong_IsNotPassedOn(string field, string value, string words)
    {
        await using var portal = await PortalApp.StartAsync();
        var (status, html) = await PostAsync(portal, "/162043/safety?lang=en", [.. Typed.Where(pair => pair.Item1 != field), (field, value)]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Html.Words(html).ShouldContain(words);
        portal.City.Safety.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mine_WithTheCode_OpensTheFormThatChangesAndErases()
    {
        await using var portal = await PortalApp.StartAsync();
        var (_, form) = await PostAsync(portal, "/162043/safety/mine?lang=en", ("code", "7QX2M-0RTVB"));
        form.ShouldContain("value=\"山田 花子\"");
        form.ShouldContain("Delete my report");
        var (_, changed) = await PostAsync(portal, "/162043/safety?lang=en", [.. Typed, ("code", "7QX2M-0RTVB")]);
        Html.Words(changed).ShouldContain("Your change was received");
        var (_, erased) = await PostAsync(portal, "/162043/safety/erase?lang=en", ("code", "7QX2M-0RTVB"));
        Html.Words(erased).ShouldContain("Your report was deleted");
        portal.City.Safety.Writes.Select(write => write.Call.Replace("/api/162043/alerts/safety-check", "", StringComparison.Ordinal)).ShouldBe(["POST /mine", "PUT ", "POST /erase"]);
    }

    [Fact]
    public async Task Find_WhenNobodyIsFound_SaysThatItMeansNoHarm()
    {
        await using var portal = await PortalApp.StartAsync();
        var (_, none) = await PostAsync(portal, "/162043/safety/find?lang=en", ("sharedSecret", "grandmothers cat"));
        Html.Words(none).ShouldContain("it does not mean that they are not safe");
        portal.City.Safety.Family.Add(new FamilyMember("<b>花子</b>", "safe", 2, null, "ok", FixedClock.Evening.GetUtcNow(), true));
        var (_, found) = await PostAsync(portal, "/162043/safety/find?lang=en", ("sharedSecret", "grandmothers cat"));
        found.ShouldContain("&lt;b&gt;花子&lt;/b&gt;");
        found.ShouldContain("This is a drill");
        found.ShouldNotContain("grandmothers cat");
    }

    [Fact]
    public async Task Show_WhenNothingIsGoingOn_SaysSoAndInADrillSaysThatFirst()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Safety.State = portal.City.Safety.State with { IsOpen = false };
        var closed = await portal.GetAsync("/162043/safety?lang=en");
        closed.ShouldNotContain("name=\"status\"");
        Html.Words(closed).ShouldContain("Reports are not taken at the moment");
        portal.City.Safety.State = portal.City.Safety.State with { IsOpen = true, IsExercise = true };
        var drill = Html.Words(await portal.GetAsync("/162043/safety?lang=en"));
        drill.IndexOf("This is a drill", StringComparison.Ordinal).ShouldBeInRange(0, drill.IndexOf("How are you?", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Html)> PostAsync(PortalApp portal, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.9");
        using var response = await portal.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<int> WeightAsync(PortalApp portal, string html)
    {
        var bytes = Encoding.UTF8.GetByteCount(html);
        foreach (var url in Asset().Matches(html).Select(match => match.Value))
        {
            bytes += (await portal.Client.GetByteArrayAsync(url)).Length;
        }

        return bytes;
    }

    [GeneratedRegex("/portal-assets/[^\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex Asset();

    [GeneratedRegex("https?://|=\"//| style=\"|<style|<script>|\\son[a-z]+=\"", RegexOptions.NonBacktracking)]
    private static partial Regex Elsewhere();
}
