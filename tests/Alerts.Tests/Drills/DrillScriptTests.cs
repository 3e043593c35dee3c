using System.Net;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Drills;

public sealed class DrillScriptTests
{
    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 9, 0, 0, TimeSpan.FromHours(9));

    [Theory]
    [InlineData(0, "1:do")]
    [InlineData(30, "1:do")]
    [InlineData(301, "1:too-late")]
    [InlineData(610, "1:too-late 2:do")]
    [InlineData(2400, "1:too-late 2:too-late 3:do")]
    [InlineData(90_000, "1:too-late 2:too-late 3:do")]
    public void Due_WhenTimeHasPassed_IsWhatStillMakesSense(double seconds, string expected)
        => Said(DrillScript.Due(Drill(0, 600, 2400), Begin.AddSeconds(seconds), latestSeconds: 300)).ShouldBe(expected);

    [Fact]
    public void Due_WhenTwoLevelsAreDue_AnnouncesTheNewerOnly()
        => Said(DrillScript.Due(Drill(0, 60, 2400), Begin.AddSeconds(70), latestSeconds: 300)).ShouldBe("1:overtaken 2:do");

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[null]""")]
    [InlineData("""[{"afterSeconds":0,"level":3,"info":null}]""")]
    [InlineData("""[{"afterSeconds":0}]""")]
    [InlineData("""[{"afterSeconds":0,"level":6}]""")]
    [InlineData("""[{"afterSeconds":-1,"level":3}]""")]
    [InlineData("""[{"afterSeconds":0,"level":3},{"afterSeconds":0,"level":4}]""")]
    [InlineData("""[{"afterSeconds":0,"level":3},{"afterSeconds":10},{"afterSeconds":20,"level":4}]""")]
    [InlineData("""[{"afterSeconds":0,"level":3},{"afterSeconds":100000}]""")]
    public async Task Plan_WhenTheScriptCannotRun_IsRefused(string steps)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drills"), DrillApp.Planner,
            new { name = "x", hazard = "flood", steps = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(steps) });
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("drill-script-not-usable");
    }

    private static string Said(IReadOnlyList<(DrillStep Step, string? LeftOut)> due) => string.Join(' ', due.Select(one => $"{one.Step.Number}:{one.LeftOut ?? "do"}"));

    private static Drill Drill(params double[] after)
    {
        var drill = new Drill
        {
            Id = "d",
            Municipality = "162043",
            Name = "n",
            Hazard = "flood",
            State = DrillState.Running,
            ExpiresAfterSeconds = 60,
            Sirens = false,
            SafetyCheck = false,
            StopOnActual = true,
            PlannedAt = Begin,
            PlannedBy = "p",
            StartedAt = Begin,
        };
        drill.Steps.AddRange(after.Select((seconds, index) => new DrillStep
        {
            DrillId = "d",
            Number = index + 1,
            Municipality = "162043",
            AfterSeconds = seconds,
            Level = index == after.Length - 1 ? null : index + 3,
            Info = [],
            State = DrillStepState.Waiting,
        }));
        return drill;
    }
}
