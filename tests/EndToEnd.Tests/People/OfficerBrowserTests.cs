using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.People;

/// <summary>An officer at night, on a phone, in a real headless Chromium: writes, publishes, follows and ends an alert.</summary>
public sealed class OfficerBrowserTests(SharedHost host) : BrowserStory(host)
{
    [BrowserFact]
    public async Task Alert_WhenAnOfficerIsAloneAndScriptsAreOff_IsPublishedByOneTapReadByResidentsAndEnded()
    {
        var officer = await OfficerAsync("officer-uozu", "162043", ColorScheme.Dark, scripts: false);
        await WriteAsync(officer, "162043", "Real disaster", "4", "Leave the valley at once");
        await officer.GetByText("Another officer must open this page and approve it.").WaitForAsync();
        await officer.GetByText("No time: publish it alone").ClickAsync();
        await officer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish alone: No other officer can be reached" }).ClickAsync();
        (await officer.Locator("#history").InnerTextAsync()).ShouldContain("without a second person");

        var resident = await NewPageAsync(ColorScheme.Light, scripts: false);
        await resident.GotoAsync($"{Host.File.Gateway}/162043?lang=en");
        (await resident.Locator("#alerts").InnerTextAsync()).ShouldContain("Leave the valley at once");

        await officer.GotoAsync($"{Host.File.Gateway}/162043/staff/alerts?lang=en");
        (await officer.Locator("#decided").InnerTextAsync()).ShouldContain("without a second person");
        await officer.Locator("#in-force").GetByRole(AriaRole.Link).First.ClickAsync();
        await officer.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "End the alert" }).ClickAsync();
        await officer.GetByLabel("Reason").FillAsync("The water has fallen");
        await officer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End it now" }).ClickAsync();
        (await officer.Locator("#history").InnerTextAsync()).ShouldContain("The water has fallen");
        await resident.ReloadAsync();
        (await resident.Locator("#alerts").InnerTextAsync()).ShouldNotContain("Leave the valley at once");
    }

    [BrowserFact]
    public async Task Draft_WhenASecondOfficerApproves_TheFirstOnesOpenPageSaysSoByItself()
    {
        var first = await OfficerAsync("officer-uozu", "162043", ColorScheme.Light, scripts: true);
        await WriteAsync(first, "162043", "Drill", "3", "We practise tonight");
        var draft = first.Url;
        (await first.GetByText("No time: publish it alone").CountAsync()).ShouldBe(0);
        var second = await OfficerAsync("officer2-uozu", "162043", ColorScheme.Light, scripts: true);
        await second.GotoAsync(draft + "?lang=en");
        await second.Locator(".desk-approve").ClickAsync();
        await second.Locator("#delivered").WaitForAsync();
        await first.Locator("#state").GetByText("by officer2-uozu").WaitForAsync();
        // The drill never looks real.
        (await second.TitleAsync()).ShouldContain("DRILL");
    }

    [BrowserFact]
    public async Task Pages_OnASmallPhoneInLightAndDark_FitAndHaveNoAccessibilityViolation()
    {
        var writer = await OfficerAsync("officer-nyuzen", "163422", ColorScheme.Light, scripts: false);
        await WriteAsync(writer, "163422", "Real disaster", "2", "Be ready");
        var own = new Uri(writer.Url).AbsolutePath;
        await WriteAsync(writer, "163422", "Real disaster", "5", "Up the stairs");
        await writer.GetByText("No time: publish it alone").ClickAsync();
        await writer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish alone: The danger is immediate" }).ClickAsync();
        await writer.Locator("#history").WaitForAsync();
        var alert = new Uri(writer.Url).AbsolutePath;
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await OfficerAsync("officer-nyuzen", "163422", colours, scripts: true);
            foreach (var path in new[] { "/163422/staff", "/163422/staff/alerts", "/163422/staff/alerts/new", own, alert, alert + "/update", alert + "/cancel", "/163422/staff/alerts/self-tests", "/163422/staff/alerts/none" })
            {
                foreach (var language in new[] { "ja", "ja-easy", "en" })
                {
                    await page.GotoAsync($"{Host.File.Gateway}{path}?lang={language}");
                    await CheckAsync(page, $"{path} in {language}, {colours}");
                }
            }

            await page.GotoAsync($"{Host.File.Gateway}/163422/staff/alerts/new?lang=en");
            await ChooseAsync(page, "Test", "1");
            await page.Locator("details > summary").Last.ClickAsync();
            await CheckAsync(page, $"words, {colours}");
        }
    }

    private async Task<IPage> OfficerAsync(string person, string town, ColorScheme colours, bool scripts)
    {
        var page = await NewPageAsync(colours, scripts);
        await page.GotoAsync($"{Host.File.Gateway}/{town}/staff?lang=en");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = person, Exact = true }).ClickAsync();
        await page.Locator(".staff-bar").WaitForAsync();
        return page;
    }

    private async Task WriteAsync(IPage page, string town, string kind, string level, string headline)
    {
        await page.GotoAsync($"{Host.File.Gateway}/{town}/staff/alerts/new?lang=en");
        await ChooseAsync(page, kind, level);
        await page.Locator("textarea[name='text.en.headline']").FillAsync(headline);
        await page.Locator("button[value=write]").ClickAsync();
        await page.WaitForURLAsync("**/staff/alerts/drafts/*");
    }

    private static async Task ChooseAsync(IPage page, string kind, string level)
    {
        await page.GetByLabel(kind).CheckAsync();
        await page.Locator($"input[name=level][value='{level}']").CheckAsync();
        await page.Locator("button[value=preview]").ClickAsync();
        await page.Locator("button[value=write]").WaitForAsync();
    }
}
