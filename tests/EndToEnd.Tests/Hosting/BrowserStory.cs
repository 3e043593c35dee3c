using Microsoft.Playwright;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>A story in a real headless Chromium, against a host that the stories of its class share.</summary>
public abstract class BrowserStory(SharedHost host) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright _playwright = null!;

    private protected HostProcess Host { get; } = host.Process;

    private protected IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Needs.Chromium, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>On a small phone.</summary>
    private protected async Task<IPage> NewPageAsync(ColorScheme colours, bool scripts = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "ja-JP",
            ColorScheme = colours,
            JavaScriptEnabled = scripts,
            ViewportSize = new ViewportSize { Width = 360, Height = 800 },
        });
        return await context.NewPageAsync();
    }

    /// <summary>It fits on a small phone, and axe-core finds nothing.</summary>
    private protected static async Task CheckAsync(IPage page, string what)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, what);
        await AccessibilityAsync(page, what);
    }

    /// <summary>axe-core, run as the page's own content security policy allows: through the debugger, not as a script tag.</summary>
    private protected static async Task AccessibilityAsync(IPage page, string? what = null)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Needs.NodeFolder, "node_modules", "axe-core", "axe.min.js")));
        var violations = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(violation => `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.target).join(' ')})`)");
        violations.ShouldBeEmpty(what);
    }
}
