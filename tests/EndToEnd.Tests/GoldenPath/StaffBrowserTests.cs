using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>The second person, in a real headless Chromium: sign-in at the development issuer, look, approve.</summary>
public sealed class StaffBrowserTests(SharedHost host) : BrowserStory(host)
{
    [BrowserFact]
    public async Task Officer_WhenAClerkProposedAndScriptsAreOff_SeesTheEffectApprovesAndItIsInForce()
    {
        await using (var device = await DeviceClient.ConnectAsync(Host.File, "river-hayatsuki-1"))
        {
            await device.PublishLevelAsync(1.5);
        }

        // The broker's acknowledgement says that it is safe, not that telemetry has counted it yet.
        await Wait.UntilAsync(
            token => Host.Http.GetStringAsync(new Uri("/api/162043/telemetry/devices/river-hayatsuki-1", UriKind.Relative), token),
            answer => (long)JsonNode.Parse(answer)!["acceptedCount"]! > 0);

        var change = await ProposeAsync("162043", "clerk-uozu");
        var page = await NewPageAsync(ColorScheme.Light, scripts: false);
        await page.GotoAsync($"{Host.File.Gateway}/162043/staff?lang=ja");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "officer-uozu", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"申請 {change}" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("kikikanri@uozu.example.lg.jp");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "承認へ進む" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("機器 river-hayatsuki-1 の 測定値 1 件");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "データを失うことを承知で承認する" }).ClickAsync();

        await page.GetByText("適用中です").WaitForAsync();
        (await ManifestAsync("162043", "clerk-uozu"))["alertSender"]!.ToString().ShouldBe("kikikanri@uozu.example.lg.jp");
    }

    [BrowserFact]
    public async Task StaffPages_OnASmallPhoneInLightAndDark_FitAndHaveNoAccessibilityViolation()
    {
        var change = await ProposeAsync("163422", "clerk-nyuzen");
        string[] pages = ["/163422/staff", "/163422/staff/changes", "/163422/staff/changes?status=Rejected", $"/163422/staff/changes/{change}",
            $"/163422/staff/changes/{change}/approve", "/163422/staff/changes/99999", "/162043/staff",
            "/163422/staff/devices", "/163422/staff/devices?search=nothing", "/163422/staff/devices?health=silent", "/163422/staff/grants", "/163422/staff/drills", "/163422/my", "/signin/callback?code=none"];
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await NewPageAsync(colours);
            await page.GotoAsync($"{Host.File.Gateway}/163422/staff");
            await CheckAsync(page, "development sign-in");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "officer-nyuzen", Exact = true }).ClickAsync();
            await page.Locator(".staff-bar").WaitForAsync();
            foreach (var path in pages)
            {
                foreach (var language in new[] { "ja", "ja-easy", "en" })
                {
                    await page.GotoAsync($"{Host.File.Gateway}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
                    await CheckAsync(page, $"{path} in {language}, {colours}");
                }
            }
        }
    }

    /// <summary>Takes the last device away, and changes the alerts' sender.</summary>
    private async Task<long> ProposeAsync(string town, string person)
    {
        var manifest = await ManifestAsync(town, person);
        manifest["alertSender"] = ((string)manifest["alertSender"]!).Replace("bousai", "kikikanri", StringComparison.Ordinal);
        var devices = manifest["devices"]!.AsArray();
        devices.RemoveAt(devices.Count - 1);
        var answer = await SendAsync(HttpMethod.Put, $"/api/registry/municipalities/{town}/manifest?allowDestroy=true", person, manifest.ToJsonString());
        return (long)answer["id"]!;
    }

    private async Task<JsonObject> ManifestAsync(string town, string person)
        => (await SendAsync(HttpMethod.Get, $"/api/registry/municipalities/{town}/manifest", person)).AsObject();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string person, string? json = null)
    {
        using var issued = await Host.Http.PostAsync(new Uri($"/dev/token?name={person}", UriKind.Relative), null);
        var token = (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["accessToken"]!;
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await Host.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }
}
