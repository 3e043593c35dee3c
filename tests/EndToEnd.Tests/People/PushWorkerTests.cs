using System.Text.Json;
using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.People;

/// <summary>Notifications in a real headless Chromium: the page, and what its service worker does with pushes.</summary>
public sealed class PushWorkerTests(SharedHost host) : BrowserStory(host)
{
    private const string Tag = "chain-1";

    /// <summary>Chromium has no push service here: an address of none, with keys as a browser makes them.</summary>
    private const string PushService = """
        if (window.PushManager) {
          const address = async () => {
            const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
            const keys = { p256dh: await crypto.subtle.exportKey('raw', pair.publicKey), auth: crypto.getRandomValues(new Uint8Array(16)).buffer };
            return { endpoint: 'https://push.example.net/send/1', getKey: name => keys[name], unsubscribe: async () => { delete localStorage.pushed; return true; } };
          };
          PushManager.prototype.subscribe = async () => { localStorage.pushed = 'yes'; return address(); };
          PushManager.prototype.getSubscription = async () => localStorage.pushed ? address() : null;
        }
        """;

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
    public async Task Page_WhenSubscribedChangedAndEnded_RemembersItInThisBrowserAlone()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = Host.File.Gateway });
        await page.AddInitScriptAsync(PushService);
        await page.GotoAsync($"{Host.File.Gateway}/162043/notifications?lang=en");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Get them on this device" }).ClickAsync();
        await page.GetByText("This device gets notifications.").WaitForAsync();
        await AccessibilityAsync(page, "subscribed");

        await page.GetByLabel("Level 5 and above").CheckAsync();
        await page.GetByLabel("volcanic eruption").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save changes" }).ClickAsync();
        await page.GetByText("Your changes are saved.").WaitForAsync();

        await page.ReloadAsync();
        await page.GetByText("This device gets notifications.").WaitForAsync();
        (await page.GetByLabel("Level 5 and above").IsCheckedAsync()).ShouldBeTrue();
        (await page.GetByLabel("volcanic eruption").IsCheckedAsync()).ShouldBeFalse();
        (await page.GetByLabel("tsunami").IsCheckedAsync()).ShouldBeTrue();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End notifications" }).ClickAsync();
        await page.GetByText("This device's notifications have ended").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText("This device gets none yet.").WaitForAsync();
        (await page.EvaluateAsync<bool>("async () => (await pushStore.get('162043')) === undefined")).ShouldBeTrue();
    }

    [BrowserFact]
    public async Task Page_WhenNotificationsAreDenied_SaysHowToAllowThem()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.AddInitScriptAsync("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })");
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
        id = "jp.uozu.1",
        alertId = "jp.uozu.1",
        municipality = "162043",
        tag = Tag,
        msgType,
        status,
        level,
        severity = "Severe",
        hazard = "flood",
        language = "en",
        headline,
        instruction = "Leave the river.",
        expires = "2099-01-01T00:00:00+09:00",
        url = "/162043/alerts/jp.uozu.1",
    });

    private async Task<PushStory> StartAsync()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["notifications"], new BrowserContextGrantPermissionsOptions { Origin = Host.File.Gateway });
        await page.GotoAsync($"{Host.File.Gateway}/162043/notifications?lang=en");
        return await PushStory.BeginAsync(page, Host.File.Gateway);
    }
}
