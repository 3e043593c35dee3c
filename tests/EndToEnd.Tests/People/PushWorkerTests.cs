using System.Text.Json;
using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.People;

/// <summary>Notifications in a real headless Chromium: the page, and what its service worker does with pushes.</summary>
public sealed class PushWorkerTests(SharedHost host) : BrowserStory(host)
{
    private const string Tag = "chain-1";

    [BrowserFact]
    public async Task Worker_WhenPushesOfAChainCome_ShowsOneNotificationThatIsReplacedAndEnds()
    {
        await using var story = await StartAsync();

        await story.PushAsync(Text("Alert", "Actual", 3, "River rises"));
        var first = await story.OnlyAsync(one => one.Title == "Alert level 3 River rises");
        (first.Body, first.Tag, first.RequireInteraction, first.Lang).ShouldBe(("Leave the river.", Tag, false, "en"));

        await story.PushAsync(Text("Update", "Actual", 4, "Evacuation order, alert level 4: the river overflows"));
        (await story.OnlyAsync(one => one.RequireInteraction)).Title.ShouldBe("Evacuation order, alert level 4: the river overflows");

        await story.PushAsync(Text("Cancel", "Actual", 4, "The river has fallen"));
        (await story.OnlyAsync(one => !one.RequireInteraction)).Title.ShouldBe("【Cancelled】The river has fallen");
    }

    [BrowserFact]
    public async Task Worker_WhenADrillOrNothingReadableComes_SaysWhatItIs()
    {
        await using var story = await StartAsync();
        await story.PushAsync(Text("Alert", "Exercise", 5, "Secure your safety"));
        var drill = await story.OnlyAsync(one => one.Tag == Tag);
        (drill.Title, drill.RequireInteraction).ShouldBe(("【DRILL】Alert level 5 Secure your safety", false));

        await story.PushAsync("not json");
        (await story.NotificationsAsync(found => found.Length == 2)).ShouldContain(one => one.Tag == "unread" && one.Title.Contains("防災情報", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Page_WhenNotificationsAreDenied_SaysHowToAllowThem()
    {
        // Headless Chromium denies unless told otherwise.
        var page = await NewPageAsync(ColorScheme.Light);
        await page.GotoAsync($"{Host.File.Gateway}/162043/notifications?lang=en");
        await page.GetByText("Notifications of this site are blocked").WaitForAsync();
    }

    [BrowserFact]
    public async Task Page_OnASmallPhone_FitsAndHasNoAccessibilityViolation()
    {
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await NewPageAsync(colours);
            foreach (var language in new[] { "ja", "ja-easy", "en" })
            {
                await page.GotoAsync($"{Host.File.Gateway}/162043/notifications?lang={language}");
                await CheckAsync(page, $"{language}, {colours}");
                await page.GetByRole(AriaRole.Button).Last.ClickAsync();
                await page.Locator(".notice-warning[role=alert]").WaitForAsync();
                await CheckAsync(page, $"refused in {language}, {colours}");
            }
        }
    }

    private static string Text(string msgType, string status, int level, string headline) => JsonSerializer.Serialize(new
    {
        id = "jp.uozu.1", alertId = "jp.uozu.1", municipality = "162043", tag = Tag, msgType, status, level, severity = "Severe", hazard = "flood", language = "en",
        headline, instruction = "Leave the river.", expires = "2099-01-01T00:00:00+09:00", url = "/162043/alerts/jp.uozu.1",
    });

    private async Task<PushStory> StartAsync()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = Host.File.Gateway });
        await page.GotoAsync($"{Host.File.Gateway}/162043/notifications?lang=en");
        return await PushStory.BeginAsync(page, Host.File.Gateway);
    }
}
