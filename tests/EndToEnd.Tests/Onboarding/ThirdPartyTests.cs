using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Onboarding;

/// <summary>A town's own service, from the manifest to its first answer, through the whole host.</summary>
public sealed class ThirdPartyTests
{
    private const string Town = "162043";
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Service_WhenASecondPersonApproves_AnswersWithinTwoSecondsAndKnowsItsCallersByPseudonym()
    {
        await using var lamps = await ThirdParty.StartAsync();
        await using var host = await HostProcess.StartAsync("--no-simulator");
        using (var before = await SendAsync(host, HttpMethod.Get, $"/api/{Town}/lamps/poles", "resident-uozu"))
        {
            before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var proposed = await SendAsync(host, HttpMethod.Put, $"/api/registry/municipalities/{Town}/manifest", "clerk-uozu",
            $"{{ code: \"{Town}\", thirdPartyServices: [{{ name: lamps, title: {{ ja: 街路灯 }}, baseUrls: [\"{lamps.Address.GetLeftPart(UriPartial.Authority)}\"] }}] }}");
        proposed.StatusCode.ShouldBe(HttpStatusCode.Accepted, await proposed.Content.ReadAsStringAsync());
        var change = JsonDocument.Parse(await proposed.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt64();

        // Its target is on this machine, which an officer alone may not agree to.
        using (var officer = await SendAsync(host, HttpMethod.Post, $"/api/registry/changes/{change}/approve", "officer-uozu"))
        {
            officer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, await officer.Content.ReadAsStringAsync());
        }

        using (var approved = await SendAsync(host, HttpMethod.Post, $"/api/registry/changes/{change}/approve", "operator"))
        {
            approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        }

        var since = Stopwatch.GetTimestamp();
        await Wait.UntilAsync(_ => StatusAsync(host), status => status == HttpStatusCode.OK);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Promised);

        // The key of the pseudonyms outlives the host, and is nobody else's to read.
        var key = await File.ReadAllTextAsync(Path.Combine(host.Data, "pseudonym-key"));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(host.Data, "pseudonym-key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await host.StopAsync()).ShouldBe(0);
        await host.RestartAsync();
        await Wait.UntilAsync(_ => StatusAsync(host), status => status == HttpStatusCode.OK);

        (await File.ReadAllTextAsync(Path.Combine(host.Data, "pseudonym-key"))).ShouldBe(key);
        host.Output.ShouldNotContain(key);
        lamps.Subjects.Distinct().ShouldHaveSingleItem().Length.ShouldBe(43);
    }

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host)
    {
        using var answer = await SendAsync(host, HttpMethod.Get, $"/api/{Town}/lamps/poles", "resident-uozu");
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HostProcess host, HttpMethod method, string path, string person, string? manifest = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.File.TokenOf(person));
        request.Content = manifest is null ? null : new StringContent(manifest, Encoding.UTF8, "application/yaml");
        return await host.Http.SendAsync(request);
    }
}
