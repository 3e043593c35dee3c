using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>An open page shows an alert from the stream's event itself: thousands of pages need not ask at the same moment.</summary>
public sealed class InstantAlertTests(SharedHost host) : BrowserStory(host)
{
    private const string Cards = "#alerts > [data-chain]";

    [BrowserFact]
    public async Task ResidentPage_WhenItsPartsCannotBeFetched_ShowsTheAlertAndItsEndFromTheStream()
    {
        var page = await OpenAsync();
        var fetches = 0;
        await page.RouteAsync("**/162043/live?*", async route =>
        {
            Interlocked.Increment(ref fetches);
            await route.AbortAsync();
        });
        await using var device = await DeviceClient.ConnectAsync(Host.File, "river-katakai-1");
        await device.PublishLevelAsync(3.42);

        var card = page.Locator(Cards);
        await card.WaitForAsync();
        var text = await card.InnerTextAsync();
        text.ShouldContain("Alert level");
        (await card.Locator(".level-3 .level-digit").InnerTextAsync()).ShouldBe("3");
        (await card.Locator(".level-name").InnerTextAsync()).ShouldNotBeEmpty();
        (await card.Locator(".instruction-text").InnerTextAsync()).ShouldNotBeEmpty();
        (await card.Locator("[data-if]").CountAsync()).ShouldBe(0);
        (await page.Locator("[data-none]").CountAsync()).ShouldBe(0);
        (await page.Locator("#live-headline").TextContentAsync()).ShouldNotBeNullOrEmpty();
        var link = await card.GetByRole(AriaRole.Link).GetAttributeAsync("href");
        (await Host.Http.GetStringAsync(link + "?lang=en")).ShouldContain(await card.Locator(".alert-headline").InnerTextAsync());
        await AccessibilityAsync(page, "card of the event");

        await device.PublishLevelAsync(2.0);
        await card.Locator(".ribbon-cancelled").WaitForAsync();
        (await card.Locator(".level-badge").CountAsync()).ShouldBe(0);
        await AccessibilityAsync(page, "card of the cancel");

        await page.UnrouteAsync("**/162043/live?*");
        await LookAgainAsync(page);
        await page.Locator("[data-none]").WaitForAsync();
        (await card.CountAsync()).ShouldBe(0);
    }

    [BrowserFact]
    public async Task ResidentPage_WhenJustOpened_FetchesNothing()
    {
        var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var fetches = 0;
        page.Request += (_, request) => fetches += request.Url.Contains("/live?", StringComparison.Ordinal) ? 1 : 0;
        var opened = page.WaitForRequestAsync(request => request.Url.Contains("/alerts/stream", StringComparison.Ordinal));
        await page.GotoAsync($"{Host.File.Gateway}/162043?lang=en");
        (await opened).Url.ShouldContain("lastEventId=");
        await page.Locator("[data-state=on]").WaitForAsync();
        fetches.ShouldBe(0);
    }

    [BrowserFact]
    public async Task ResidentPage_WhenOldOrEndedThingsAreReplayed_ShowsNoneOfThem()
    {
        var page = await OpenAsync();
        await page.RouteAsync("**/162043/live?*", route => route.AbortAsync());
        await HearAsync(page, (0, "old", "Alert", "Actual", 60), (1, "brief", "Alert", "Actual", 60), (2, "brief", "Update", "Actual", 60), (3, "brief", "Cancel", "Actual", 60),
            (4, "past", "Alert", "Actual", -1), (5, "drill", "Alert", "Exercise", 60), (6, "real", "Alert", "Actual", 60), (7, "other", "Alert", "Actual", 60));
        await page.Locator($"{Cards}[data-chain=other]").WaitForAsync();
        (await ChainsAsync(page)).ShouldBe(["other", "real", "drill"]);
        var drill = page.Locator($"{Cards}[data-chain=drill]");
        (await drill.GetAttributeAsync("class"))!.ShouldContain("is-drill");
        (await drill.Locator(".ribbon-drill").InnerTextAsync()).ShouldContain("not a real disaster");

        await HearAsync(page, (9, "real", "Update", "Actual", 60));
        await page.Locator($"{Cards}[data-message='real-9']").WaitForAsync();
        await HearAsync(page, (8, "real", "Update", "Actual", 60), (10, "drill", "Cancel", "Exercise", 60));
        await drill.Locator(".ribbon-cancelled").WaitForAsync();
        (await ChainsAsync(page)).ShouldBe(["other", "real", "drill"]);
        (await page.Locator($"{Cards}[data-chain=real]").GetAttributeAsync("data-message")).ShouldBe("real-9");

        // What the town itself says in the end is the truth, once it takes all of these into account.
        await page.UnrouteAsync("**/162043/live?*");
        await page.RouteAsync("**/162043/live?*", async route =>
        {
            var answer = await route.FetchAsync();
            var html = (await answer.TextAsync()).Replace("data-seen=\"", "data-seen=\"100000", StringComparison.Ordinal);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = html });
        });
        await LookAgainAsync(page);
        await page.Locator(Cards).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.GotoAsync($"{Host.File.Gateway}/162043?lang=en");
        await page.Locator("[data-state=on]").WaitForAsync();
        return page;
    }

    private static Task<string[]> ChainsAsync(IPage page) => page.Locator(Cards).EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.chain)");

    private static Task LookAgainAsync(IPage page) => page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

    /// <summary>Events as the stream would bring them, numbered from what the page knows.</summary>
    private static Task HearAsync(IPage page, params (int After, string Chain, string MsgType, string Status, int Minutes)[] events)
        => page.EvaluateAsync("""
            events => {
              const first = Number(document.getElementById('live-window').dataset.seen);
              for (const { after, chain, msgType, status, minutes } of events) {
                const alert = { id: `${chain}-${after}`, alertId: chain, msgType, status, level: 4, severity: 'Severe', urgency: 'Immediate',
                  sent: new Date(Date.now() + after * 1000).toISOString(), expires: new Date(Date.now() + minutes * 60000).toISOString(),
                  info: [{ language: 'ja', headline: '見出し', instruction: '逃げる' }, { language: 'en', headline: 'Headline ' + after, instruction: 'Go', levelName: 'Evacuation order' }] };
                document.dispatchEvent(new CustomEvent('heard', { detail: { data: JSON.stringify(alert), lastEventId: String(first + after) } }));
              }
            }
            """, events.Select(one => new { after = one.After, chain = one.Chain, msgType = one.MsgType, status = one.Status, minutes = one.Minutes }));
}
