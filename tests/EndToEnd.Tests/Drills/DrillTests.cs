using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Drills;

/// <summary>A drill from its plan to its report, through the gateway, with receivers that take it and that do not.</summary>
public sealed class DrillTests
{
    private const string Alerts = "/api/162043/alerts/";

    [Fact]
    public async Task Drill_WhenPlannedAndApproved_RunsReachesReceiversAndIsReportedWithTheRightNumbers()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await HostProcess.StartWithAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Delivery__AllowPrivateReceivers"] = "true", ["Alerts__Drills__PollSeconds"] = "0.1" }, "--no-simulator");
        foreach (var (path, drills) in new[] { ("/takes", true), ("/refuses", true), ("/takes?real", false) })
        {
            await SendAsync<JsonElement>(host, HttpMethod.Post, "subscriptions", null, new { addresses = new[] { new { channel = "webhook", url = receiver.Address + path } }, drills });
        }

        var drill = await SendAsync<DrillView>(host, HttpMethod.Post, "drills", "officer-uozu", new
        {
            name = "洪水訓練",
            hazard = "flood",
            steps = new object[] { new { afterSeconds = 0, level = 3 }, new { afterSeconds = 2, level = 4 }, new { afterSeconds = 4 } },
        });
        using (var own = await AnswerAsync(host, HttpMethod.Post, $"drills/{drill.Id}/approve", "officer-uozu", null))
        {
            own.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        await SendAsync<DrillView>(host, HttpMethod.Post, $"drills/{drill.Id}/approve", "officer2-uozu", null);
        var ended = await Wait.UntilAsync(_ => SendAsync<DrillView>(host, HttpMethod.Get, $"drills/{drill.Id}", "officer-uozu", null), now => now.ReportedAt is not null);

        ended.State.ShouldBe("Ended");
        receiver.Taken.Select(alert => (alert.Status, alert.MsgType, alert.Level)).ShouldBe([("Exercise", "Alert", 3), ("Exercise", "Update", 4), ("Exercise", "Cancel", 4)]);
        receiver.Taken.SelectMany(alert => alert.Info).Where(info => info.Language == "ja").ShouldAllBe(info => info.Headline.StartsWith("【訓練】", StringComparison.Ordinal));
        // Read by the other officer: the one who waited may have asked as often as the gateway lets one person.
        var report = await SendAsync<JsonElement>(host, HttpMethod.Get, $"reports/{drill.Id}", "officer2-uozu", null);
        var people = report.GetProperty("people");
        (people.GetProperty("recipients").GetInt32(), people.GetProperty("reached").GetInt32(), people.GetProperty("missed").GetInt32()).ShouldBe((2, 1, 1));
        var webhooks = report.GetProperty("channels")[0];
        (webhooks.GetProperty("confirmed").GetInt32(), webhooks.GetProperty("failedWhy")[0].GetProperty("why").GetString()).ShouldBe((3, "status-403"));

        using var page = await AnswerAsync(host, HttpMethod.Get, $"reports/{drill.Id}.html?lang=en", "officer2-uozu", null);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("style-src 'sha256-");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("DRILL DRILL DRILL");
        html.ShouldContain("Of 2 subscriptions that it was for, 1 (50%) were reached.");
        using var csv = await AnswerAsync(host, HttpMethod.Get, $"reports/{drill.Id}.csv?lang=en", "officer2-uozu", null);
        (await csv.Content.ReadAsStringAsync()).ShouldContain("\"channel\",\"\",\"webhook\",\"Confirmed\",\"3\",\"deliveries\"");
    }

    private static async Task<T> SendAsync<T>(HostProcess host, HttpMethod method, string path, string? person, object? body)
    {
        using var answer = await AnswerAsync(host, method, path, person, body);
        if (!answer.IsSuccessStatusCode)
        {
            // With its status, so that who asks again and again can tell the gateway's limit from a fault.
            throw new HttpRequestException(await answer.Content.ReadAsStringAsync(), null, answer.StatusCode);
        }

        return (await answer.Content.ReadFromJsonAsync<T>(CityJson.Options))!;
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HostProcess host, HttpMethod method, string path, string? person, object? body)
    {
        using var request = new HttpRequestMessage(method, Alerts + path) { Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Authorization = person is null ? null : new AuthenticationHeaderValue("Bearer", host.File.TokenOf(person));
        return await host.Http.SendAsync(request);
    }
}
