using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Live;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Tests.Live;

public sealed class LearnedTimesTests
{
    [Fact]
    public async Task Restart_WhenTimesWereLearned_KeepsThem()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());
        Learn(app);

        await app.RestartAsync();

        app.Services.GetRequiredService<ISegmentTimes>().Find("S1", "S2", TransitApp.Morning).ShouldNotBeNull().Seconds.ShouldBe(240);
    }

    [Fact]
    public async Task Start_WhenTheRowIsSpoiled_StartsWithoutIt()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());
        Learn(app);
        await app.Services.GetRequiredService<LearnedTimesKeeper>().SaveAsync(CancellationToken.None);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = TransitApp.Uozu;
            (await scope.ServiceProvider.GetRequiredService<TransitDbContext>().LearnedTimes
                .ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Packed, new byte[] { 1, 2, 3 }))).ShouldBe(1);
        }

        await app.RestartAsync();

        app.Services.GetRequiredService<ISegmentTimes>().Find("S1", "S2", TransitApp.Morning).ShouldBeNull();
        (await app.ItemsAsync("stops/S1/departures")).ShouldNotBeEmpty();
    }

    [Fact]
    public void Unpack_WhenARowIsImpossible_Throws()
    {
        var packed = LearnedTimes.Pack([new SegmentTimesRow("S1", "S2", DayType.Weekday, 25, [10], TransitApp.Morning)]);

        Should.Throw<InvalidDataException>(() => new LearnedTimes { Municipality = TransitApp.Uozu, SavedAt = TransitApp.Morning, Packed = packed }.Unpack());
    }

    private static void Learn(TransitApp app)
    {
        for (var day = 0; day < 5; day++)
        {
            app.Services.GetRequiredService<ISegmentTimes>().Observe("S1", "S2", TransitApp.Morning, TimeSpan.FromSeconds(240));
        }
    }
}
