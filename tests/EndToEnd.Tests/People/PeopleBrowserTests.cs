using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.People;

/// <summary>Shelters, safety check and rescue list in a real headless Chromium, from the phone of a resident to the town hall's.</summary>
public sealed class PeopleBrowserTests(SharedHost host) : BrowserStory(host)
{
    private const string Words = "おばあちゃんの ねこ タマ";

    [BrowserFact]
    public async Task Drill_WhenSomebodyAsksForHelpWithScriptsOff_TheirFamilyAndTheTownHallSeeIt()
    {
        var officer = await StaffAsync("officer-uozu", "162043", "/162043/staff/rescue?lang=en");
        await officer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open a drill" }).ClickAsync();

        var resident = await NewPageAsync(ColorScheme.Light, scripts: false);
        await resident.GotoAsync($"{Host.File.Gateway}/162043/safety?lang=en");
        await resident.GetByLabel("I need help").CheckAsync();
        await resident.GetByLabel("Trapped").CheckAsync();
        await resident.GetByLabel("Name").FillAsync("山田 花子");
        await resident.GetByLabel("Where you are").FillAsync("本町 2階");
        await resident.GetByLabel("agreed words").FillAsync(Words);
        await resident.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send" }).ClickAsync();
        (await resident.Locator(".notice-done").InnerTextAsync()).ShouldContain("I need help");
        var code = await resident.Locator(".code").InnerTextAsync();
        await resident.ReloadAsync();
        (await resident.Locator(".code").InnerTextAsync()).ShouldBe(code);

        var family = await NewPageAsync(ColorScheme.Light, scripts: false);
        await family.GotoAsync($"{Host.File.Gateway}/162043/safety?lang=en");
        await family.GetByLabel("Your family's words").FillAsync("オバアチャンノねこたま");
        await family.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Look" }).ClickAsync();
        (await family.Locator("#family").InnerTextAsync()).ShouldContain("山田 花子");
        (await family.Locator("main").InnerTextAsync()).ShouldNotContain("本町");

        await officer.ReloadAsync();
        var card = officer.Locator(".rescue-card");
        (await card.InnerTextAsync()).ShouldContain("本町 2階");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "On the way" }).ClickAsync();
        (await officer.Locator(".rescue-card").InnerTextAsync()).ShouldContain("by officer-uozu");
    }

    [BrowserFact]
    public async Task Shelters_WhenSortedFromHere_ShowDistancesAndSendNoPosition()
    {
        var page = await NewPageAsync(ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new Geolocation { Latitude = 36.8001f, Longitude = 137.4002f });
        await page.GotoAsync($"{Host.File.Gateway}/162043/shelters?lang=en");
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sort by distance from here" }).ClickAsync();
        await page.GetByText("Sorted: open ones first").WaitForAsync();
        (await page.Locator(".walk").First.InnerTextAsync()).ShouldContain("on foot roughly");
        // The page's own icon may still be on its way.
        asked.Where(url => !url.Contains("/portal-assets/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Clerk_WhenAColleagueWasFaster_IsToldAndSavesAfterLooking()
    {
        var clerk = await StaffAsync("clerk-uozu", "162043", "/162043/staff/shelters?lang=en");
        var officer = await StaffAsync("officer-uozu", "162043", "/162043/staff/shelters?lang=en");
        await PressAsync(clerk, "Open", "12");
        (await clerk.Locator(".notice-done").InnerTextAsync()).ShouldContain("Saved");
        await PressAsync(officer, "Full", "");
        (await officer.Locator(".notice-warning").InnerTextAsync()).ShouldContain("Somebody else changed it");
        (await officer.Locator(".rescue-card:has(.notice-warning)").InnerTextAsync()).ShouldContain("by clerk-uozu");
        await officer.Locator(".rescue-card:has(.notice-warning)").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Full" }).ClickAsync();
        (await officer.Locator(".notice-done").InnerTextAsync()).ShouldContain("Saved");
    }

    [BrowserFact]
    public async Task Pages_OnASmallPhoneInLightAndDark_FitAndHaveNoAccessibilityViolation()
    {
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await StaffAsync("officer-nyuzen", "163422", "/163422/staff/rescue?lang=en", colours);
            if (await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open a drill" }).IsVisibleAsync())
            {
                // So that the forms are there.
                await CheckAsync(page, "closed");
                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open a drill" }).ClickAsync();
                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close the check" }).WaitForAsync();
            }

            foreach (var path in new[] { "/163422/safety", "/162043/safety", "/163422/shelters", "/163422/shelters?hazard=any", "/163422/staff/shelters", "/163422/staff/shelters?search=nothing", "/163422/staff/rescue", "/163422/staff/calls" })
            {
                foreach (var language in new[] { "ja", "ja-easy", "en" })
                {
                    await page.GotoAsync($"{Host.File.Gateway}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
                    await CheckAsync(page, $"{path} in {language}, {colours}");
                    await TargetsAsync(page, $"{path} in {language}");
                }
            }
        }
    }

    /// <summary>Signed in at the development issuer, at the page.</summary>
    private async Task<IPage> StaffAsync(string person, string town, string path, ColorScheme colours = ColorScheme.Light)
    {
        var page = await NewPageAsync(colours);
        await page.GotoAsync($"{Host.File.Gateway}/{town}/staff");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = person, Exact = true }).ClickAsync();
        await page.Locator(".staff-bar").WaitForAsync();
        await page.GotoAsync(Host.File.Gateway + path);
        return page;
    }

    /// <summary>In the card of the first shelter by id, wherever its status has put it.</summary>
    private static async Task PressAsync(IPage page, string button, string people)
    {
        var ids = await page.Locator(".rescue-card").EvaluateAllAsync<string[]>("cards => cards.map(card => card.id).sort()");
        var card = page.Locator("#" + ids[0]);
        await card.Locator("input[name=peopleNow]").FillAsync(people);
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>Fingers in a cold gymnasium: 44 px, for what is pressed or typed into.</summary>
    private static async Task TargetsAsync(IPage page, string what)
        => (await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main button, main label.choice, main input:not([type])')]
              .filter(part => part.offsetParent && part.getBoundingClientRect().height < 44).map(part => part.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty(what);
}
