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

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("many")]
    public async Task Active_WhenTheLimitIsOutOfRange_NamesTheRange(string limit)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("active?limit=" + limit));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe("limit-out-of-range");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("nothing.cap.xml")]
    public async Task Get_WhenThereIsNoSuchAlert_SaysSo(string path)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("unknown-alert");
    }

    [Fact]
    public async Task Ready_WhenTheDatabaseAnswers_IsHealthy()
    {
        await using var app = await AlertsApp.StartAsync();
        (await app.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative))).ShouldContain("\"database\"");
    }
}
