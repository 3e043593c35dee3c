using System.Net;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Reading;

public sealed class ActiveTests
{
    [Fact]
    public async Task Active_WhenReadInPages_GivesEachAlertOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        for (var number = 0; number < 7; number++)
        {
            await app.RaiseAsync(TestTown.Level3, minute: 0, $"gauge-{number}");
        }

        var read = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync<Page<AlertView>>(AlertsApp.Town($"active?limit=3&after={next}"));
            page.Items.Count.ShouldBeLessThanOrEqualTo(3);
            read.AddRange(page.Items.Select(alert => alert.DeviceId!));
            next = page.Next;
        }
        while (next is not null);
        read.ShouldBe(Enumerable.Range(0, 7).Select(number => $"gauge-{number}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Active_WhenTheLimitIsOutOfRange_NamesTheRange()
    {
        await using var app = await AlertsApp.StartAsync();
        foreach (var limit in new[] { "0", "201", "-1", "many" })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("active?limit=" + limit));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe("limit-out-of-range", limit);
        }
    }

    [Fact]
    public async Task Get_WhenThereIsNoSuchAlert_SaysSo()
    {
        await using var app = await AlertsApp.StartAsync();
        foreach (var path in new[] { "nothing", "nothing.cap.xml" })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("unknown-alert", path);
        }
    }

    [Fact]
    public async Task Ready_WhenTheDatabaseAnswers_IsHealthy()
    {
        await using var app = await AlertsApp.StartAsync();
        (await app.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative))).ShouldContain("\"database\"");
    }
}
