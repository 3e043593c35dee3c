using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>What a resident sees, in a real headless Chromium.</summary>
public sealed class BrowserTests(SharedHost host) : BrowserStory(host)
{
    [BrowserFact]
    public async Task ResidentPage_WhenRiverRisesAndFalls_ShowsTheAlertAndItsEndWithoutReload()
    {
        var page = await NewPageAsync("ja-JP");
        await page.GotoAsync($"{Host.File.Gateway}/162043?lang=ja");
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("高齢者等避難");
        await page.EvaluateAsync("window.neverReloaded = true");

        await using var device = await DeviceClient.ConnectAsync(Host.File, "river-katakai-1");
        await device.PublishLevelAsync(3.42);
        await page.GetByText("高齢者等避難").First.WaitForAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("3.42");
        await AccessibilityAsync(page);

        await device.PublishLevelAsync(2.0);
        await page.GetByText("高齢者等避難").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        (await page.EvaluateAsync<bool>("window.neverReloaded === true")).ShouldBeTrue();
    }

    [BrowserFact]
    public async Task ResidentPage_WhenSeenOnASmallPhone_DoesNotScrollSideways()
    {
        foreach (var (language, path) in new[] { ("ja", "/"), ("ja", "/162043"), ("en", "/162043"), ("ja-easy", "/162043") })
        {
            var page = await NewPageAsync("ja-JP", width: 360);
            await page.GotoAsync($"{Host.File.Gateway}{path}?lang={language}");

            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, $"{path} in {language}");
            await AccessibilityAsync(page);
            await page.Context.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task DevicePages_OnASmallPhoneInLightAndDark_FitAndHaveNoAccessibilityViolation()
    {
        await using (var device = await DeviceClient.ConnectAsync(Host.File, "river-katakai-1"))
        {
            await device.PublishLevelAsync(1.2);
        }

        string[] paths = ["/162043/devices", "/162043/devices?search=nothing", "/162043/devices/river-katakai-1?compare=1", "/162043/devices/river-katakai-1?span=30d",
            "/162043/devices/river-hayatsuki-1?to=2020-01-01T00:00:00%2B09:00", "/162043/devices/none", "/162043/map", "/162043/map?zoom=3&lat=36.81&lon=137.4"];
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await NewPageAsync("ja-JP", width: 360);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours });
            foreach (var path in paths)
            {
                foreach (var language in new[] { "ja", "ja-easy", "en" })
                {
                    await page.GotoAsync($"{Host.File.Gateway}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
                    (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, $"{path} in {language}");
                    await AccessibilityAsync(page);
                }
            }
        }
    }

    [BrowserFact]
    public async Task DevicePage_WhenReadByKeyboardAndDragged_SaysTheValueAndZooms()
    {
        await using (var device = await DeviceClient.ConnectAsync(Host.File, "river-katakai-1"))
        {
            await device.PublishLevelAsync(1.23);
        }

        var page = await NewPageAsync("en-GB", width: 1000);
        await page.GotoAsync($"{Host.File.Gateway}/162043/devices/river-katakai-1?span=6h&lang=en");
        var plot = page.Locator(".plot").First;
        await plot.FocusAsync();
        await page.Keyboard.PressAsync("End");
        (await page.Locator(".readout").First.InnerTextAsync()).ShouldEndWith(" m");

        var box = await BoxAsync(plot);
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 100);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 150, box.Y + 120);
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync(url => url.Contains("from=", StringComparison.Ordinal));

        (await page.Locator(".window").InnerTextAsync()).ShouldContain("Later");
    }

    [BrowserFact]
    public async Task ResidentPage_WhenScriptsAreOff_IsReadable()
    {
        await using var device = await DeviceClient.ConnectAsync(Host.File, "river-ogawa-1");
        await using var stream = await AlertStream.OpenAsync(Host.Http, "163422");
        await device.PublishLevelAsync(3.42);
        await stream.NextAsync();

        var page = await NewPageAsync("en-GB", scripts: false);
        await page.GotoAsync($"{Host.File.Gateway}/163422");

        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("en");
        var text = await page.Locator("main").InnerTextAsync();
        text.ShouldContain("3.42");
        text.ShouldContain("デモ小川体育館");
        (await page.Locator("svg").CountAsync()).ShouldBeGreaterThan(0);
    }

    /// <summary>Where it is on the page; while the live part is being replaced it is nowhere.</summary>
    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator element)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (await element.BoundingBoxAsync() is { } box)
            {
                return box;
            }
        }
    }

    private async Task<IPage> NewPageAsync(string locale, int width = 390, bool scripts = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            JavaScriptEnabled = scripts,
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
        });
        return await context.NewPageAsync();
    }
}
