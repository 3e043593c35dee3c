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
}
