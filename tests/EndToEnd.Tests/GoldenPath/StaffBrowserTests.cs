using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>The second person, in a real headless Chromium: sign-in at the development issuer, look, approve.</summary>
public sealed class StaffBrowserTests(SharedHost host) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private readonly HostProcess _host = host.Process;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Needs.Chromium, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [BrowserFact]
    public async Task Officer_WhenAClerkProposed_ApprovesInTheBrowserAndItIsInForce()
    {
        var change = await ProposeAsync("162043", "clerk-uozu", "code: \"162043\"\nalertSender: kikikanri@uozu.example.lg.jp\n");
        var page = await NewPageAsync(ColorScheme.Dark);
        await page.GotoAsync($"{_host.File.Gateway}/162043/staff?lang=ja");
        await AccessibilityAsync(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "officer-uozu" }).ClickAsync();

        await page.GetByText("2人目の承認を待っているもの").WaitForAsync();
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"申請 {change}" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("kikikanri@uozu.example.lg.jp");
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "承認する" }).ClickAsync();

        await page.GetByText("適用中です").WaitForAsync();
        await FitsAsync(page);
        (await TokenlessAsync($"/api/registry/changes/{change}")).ShouldBe(401);
    }

    private async Task<long> ProposeAsync(string town, string person, string manifest)
    {
        using var issued = await _host.Http.PostAsync(new Uri($"/dev/token?name={person}", UriKind.Relative), null);
        var token = (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["accessToken"]!;
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"/api/registry/municipalities/{town}/manifest", UriKind.Relative))
        {
            Content = new StringContent(manifest, Encoding.UTF8, "application/yaml"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _host.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(202, text);
        return (long)JsonNode.Parse(text)!["id"]!;
    }

    private async Task<int> TokenlessAsync(string path)
    {
        using var answer = await _host.Http.GetAsync(new Uri(path, UriKind.Relative));
        return (int)answer.StatusCode;
    }

    private async Task<IPage> NewPageAsync(ColorScheme colours)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "ja-JP",
            ColorScheme = colours,
            JavaScriptEnabled = true,
            ViewportSize = new ViewportSize { Width = 360, Height = 800 },
        });
        return await context.NewPageAsync();
    }

    private static async Task FitsAsync(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
        await AccessibilityAsync(page);
    }

    private static async Task AccessibilityAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Needs.NodeFolder, "node_modules", "axe-core", "axe.min.js")));
        var violations = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(violation => `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.target).join(' ')})`)");
        violations.ShouldBeEmpty();
    }
}
