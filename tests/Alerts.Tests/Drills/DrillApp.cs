using System.Net;
using System.Text.Json;
using SmartCity.Alerts.Tests.Delivery;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drills;

/// <summary>What two officers do about drills.</summary>
internal static class DrillApp
{
    public static readonly string Planner = TestTokens.For("planner", "officer", TestTown.Uozu);
    public static readonly string Approver = TestTokens.For("approver", "officer", TestTown.Uozu);

    /// <summary>Level 3 at once, level 4 after 10 minutes, all-clear after 40.</summary>
    public static readonly object[] Script = [new { afterSeconds = 0, level = 3 }, new { afterSeconds = 600, level = 4 }, new { afterSeconds = 2400 }];

    public static Task<AlertsApp> StartAsync(params string[] arguments) => DeliveryApp.StartAsync(["--Alerts:Drills:PollSeconds=0.05", .. arguments]);

    public static async Task<DrillView> PlanAsync(this AlertsApp app, object? steps = null, DateTimeOffset? startsAt = null, bool safetyCheck = false)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drills"), Planner,
            new { name = "洪水訓練", hazard = "flood", steps = steps ?? Script, startsAt, safetyCheck });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DrillView>(response);
    }

    /// <summary>Plans and approves a drill, which begins with that.</summary>
    public static async Task<DrillView> RunAsync(this AlertsApp app, object? steps = null, bool safetyCheck = false)
    {
        var drill = await app.PlanAsync(steps, safetyCheck: safetyCheck);
        return await app.ActAsync(drill.Id, "approve", Approver);
    }

    public static async Task<DrillView> ActAsync(this AlertsApp app, string id, string act, string token, object? body = null)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drills/{id}/{act}"), token, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DrillView>(response);
    }

    /// <summary>The drill once it is as the test says.</summary>
    public static async Task<DrillView> DrillWhenAsync(this AlertsApp app, string id, Predicate<DrillView> is_)
    {
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while (true)
        {
            var drill = await app.GetAsync<DrillView>(AlertsApp.Town($"drills/{id}"), Planner);
            if (is_(drill))
            {
                return drill;
            }

            timeout.IsCancellationRequested.ShouldBeFalse($"Still: {JsonSerializer.Serialize(drill, CityJson.Options)}");
        }
    }

    public static bool HasIssued(this DrillView drill, int count) => drill.Steps.Count(step => step.State == "Issued") == count;
}
