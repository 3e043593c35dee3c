using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.GoldenPath;

/// <summary>A level that asks for an officer: the demo people's tokens through the gateway, and everybody else's refusal.</summary>
public sealed class DraftTests(SharedHost host) : IClassFixture<SharedHost>
{
    private readonly HostProcess _host = host.Process;

    [Fact]
    public async Task Approve_WhenAnOfficerOfTheTownDoes_TheAlertIsRaisedToLevelFour()
    {
        await using var stream = await AlertStream.OpenAsync(_host.Http, "162043");
        await using var device = await DeviceClient.ConnectAsync(_host.File, "river-katakai-1");
        await device.PublishLevelAsync(4.2);
        var (_, warning) = await stream.NextAsync();
        warning.Level.ShouldBe(3);

        var draft = await Wait.UntilAsync(DraftAsync, id => id is not null);
        foreach (var (person, expected) in new[]
        {
            (null, HttpStatusCode.Unauthorized),
            ("resident-uozu", HttpStatusCode.Forbidden),
            ("clerk-uozu", HttpStatusCode.Forbidden),
            ("officer-nyuzen", HttpStatusCode.Forbidden),
            ("officer-uozu", HttpStatusCode.OK),
            ("officer2-uozu", HttpStatusCode.Conflict),
        })
        {
            using var answer = await SendAsync(HttpMethod.Post, $"/api/162043/alerts/drafts/{draft}/approve", person);
            answer.StatusCode.ShouldBe(expected, $"{person}: {await answer.Content.ReadAsStringAsync()}");
        }

        var (_, order) = await stream.NextAsync();
        order.MsgType.ShouldBe("Update");
        order.Level.ShouldBe(4);
        order.AlertId.ShouldBe(warning.AlertId);
    }

    [Fact]
    public async Task Token_WhenTakenFromTheDevelopmentIssuer_IsBelievedAndATamperedOneIsNot()
    {
        using var issued = await _host.Http.PostAsync("/dev/token?name=officer-uozu", null);
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;

        (await StatusWithAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await StatusWithAsync(token[..^8] + "AAAAAAAA")).ShouldBe(HttpStatusCode.Unauthorized);
        using var unknown = await _host.Http.PostAsync("/dev/token?name=nobody", null);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpStatusCode> StatusWithAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/162043/alerts/drafts");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _host.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string?> DraftAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/162043/alerts/drafts", "officer-uozu");
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).FirstOrDefault();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? person)
    {
        using var request = new HttpRequestMessage(method, path);
        if (person is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _host.File.TokenOf(person));
        }

        return await _host.Http.SendAsync(request);
    }
}
