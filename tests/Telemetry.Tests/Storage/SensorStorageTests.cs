using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.ServiceTestKit;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Tests.Storage;

/// <summary>The versions of a sensor's state follow on each other, whoever writes them.</summary>
public sealed class SensorStorageTests : IAsyncLifetime
{
    private static readonly GrainId River = GrainId.Create("sensor", "162043/river-katakai-1");

    private readonly string _folder = Directory.CreateTempSubdirectory("sensor-storage-").FullName;
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(_folder, "telemetry");

    [Fact]
    public async Task Write_WhenTheFirstVersionIsMissing_IsRefused()
    {
        var storage = Storage();
        var second = new GrainState<SensorState>(new SensorState()) { ETag = "1", RecordExists = true };

        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("sensor", River, second));

        var first = new GrainState<SensorState>(new SensorState());
        await storage.WriteStateAsync("sensor", River, first);
        first.ETag.ShouldBe("1");
    }

    [Fact]
    public async Task Write_WhenAnotherWroteTheSameVersion_IsRefused()
    {
        var storage = Storage();
        var (one, other) = (new GrainState<SensorState>(new SensorState()), new GrainState<SensorState>(new SensorState()));
        await storage.WriteStateAsync("sensor", River, one);

        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("sensor", River, other));

        await storage.WriteStateAsync("sensor", River, one);
        one.ETag.ShouldBe(2.ToString(CultureInfo.InvariantCulture));
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SensorStorage Storage()
    {
        var database = DatabaseKind.From(_database.ConnectionString);
        return new SensorStorage(new TownDatabases(
            database, new Dictionary<string, string>(StringComparer.Ordinal), new TownDirectory(), typeof(SensorStorage).Assembly));
    }
}
