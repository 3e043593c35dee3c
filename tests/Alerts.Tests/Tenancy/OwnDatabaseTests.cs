using System.Net;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;

namespace SmartCity.Alerts.Tests.Tenancy;

/// <summary>A town whose manifest says <c>isolation: Database</c>, beside one that shares.</summary>
public sealed class OwnDatabaseTests
{
    private const string Chains = "SELECT municipality FROM alert_chain";

    [Fact]
    public async Task Raise_WhenTheTownHasADatabaseOfItsOwn_IsKeptThereAndToldToAll()
    {
        await using var app = await AlertsApp.StartIsolatedAsync();
        await using var stream = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, ThresholdTransition.Raised, 0, municipality: TestTown.Nyuzen));

        (await stream.NextAsync()).Municipality.ShouldBe(TestTown.Uozu);
        var alert = await app.OneActiveAsync();
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem().Id.ShouldNotBe(alert.Id);
        (await app.Database.TownsAsync()).ShouldBe([TestTown.Uozu]);
        (await app.Database.ColumnAsync(Chains, TestTown.Uozu)).ShouldBe([TestTown.Uozu]);
        (await app.Database.ColumnAsync(Chains)).ShouldBe([TestTown.Nyuzen]);
        Published[] published = [await app.Sidecar.NextAsync(), await app.Sidecar.NextAsync()];
        published.Select(one => one.Event.Alert.Municipality).ShouldBe([TestTown.Uozu, TestTown.Nyuzen], ignoreOrder: true);
        published.ShouldAllBe(one => one.Topic == Topics.AlertIssued);
    }

    [Fact]
    public async Task Restart_WhenTheTownHasADatabaseOfItsOwn_ShowsWhatIsInForceAndResumes()
    {
        await using var app = await AlertsApp.StartIsolatedAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RestartAsync();

        await using var stream = await StreamClient.OpenAsync(app);
        (await stream.NextAsync()).Level.ShouldBe(3);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        (await stream.NextAsync()).Level.ShouldBe(4);
    }

    [Fact]
    public async Task Get_WhenTheTownsOwnDatabaseIsBroken_FailsForThatTownAlone()
    {
        await using var app = await AlertsApp.StartIsolatedAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RestartAsync(between: () => app.Database.BreakAsync(TestTown.Uozu));

        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, ThresholdTransition.Raised, 0, municipality: TestTown.Nyuzen));
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem();
        using var broken = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("active"));
        broken.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
