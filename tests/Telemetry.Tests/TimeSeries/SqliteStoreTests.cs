using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.TimeSeries;
using SmartCity.Telemetry.TimeSeries.Sqlite;

namespace SmartCity.Telemetry.Tests.TimeSeries;

/// <summary>What the store keeps on its way from the journal into the chunks, whenever the process ends.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private const string Town = "162043";
    private const string Gauge = "river-1";
    private const string Level = "waterLevelMetres";
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-store-").FullName;
    private SqliteStore _store;

    public SqliteStoreTests() => _store = NewStore();

    [Fact]
    public async Task Read_WhenProcessEndsBeforeSettling_HasWhatWasCommitted()
    {
        await CommitAsync((0, 1.5), (60, 1.75));

        Restart();

        (await ValuesAsync()).ShouldBe([1.5, 1.75]);
        (await _store.NewsOfAsync(Town, Gauge, CancellationToken.None))!.Accepted.Sum(entry => entry.Activity.Accepted).ShouldBe(1);
    }

    [Fact]
    public async Task Settle_WhenProcessEndedInTheMiddleOfIt_CountsEachReadingOnce()
    {
        for (var minute = 0; minute < 50; minute++)
        {
            await CommitAsync((60 * minute, minute));
        }

        await SettleAllAsync();
        // As after a crash between two slices: the journal is there again, and what it holds is in the chunks already.
        await CommitAsync((60 * 50, 50));
        var journal = await JournalAsync();
        await SettleAllAsync();
        await RestoreAsync(journal);

        Restart();
        await SettleAllAsync();

        (await ValuesAsync()).ShouldBe(Enumerable.Range(0, 51).Select(minute => (double)minute));
        (await HoursAsync()).Sum(hour => hour.Count).ShouldBe(51);
        (await AcceptedAsync()).ShouldBe(51);
    }

    [Fact]
    public async Task Commit_WhenReadingsComeInAnyOrderAndAgain_KeepsEachOnceInChunksThatDoNotOverlap()
    {
        var random = new Random(17);
        var expected = new SortedDictionary<int, double>();
        for (var round = 0; round < 60; round++)
        {
            var late = random.Next(4) == 0;
            var readings = Enumerable.Range(0, random.Next(1, 200))
                .Select(_ => (Seconds: late ? random.Next(0, 5_000) : (round * 100) + random.Next(0, 300), Value: (double)random.Next(100)))
                .ToArray();
            foreach (var (seconds, value) in readings)
            {
                expected.TryAdd(seconds, value);
            }

            await CommitAsync(readings);
            if (random.Next(3) == 0)
            {
                await SettleAllAsync();
            }

            if (random.Next(10) == 0)
            {
                Restart();
            }
        }

        (await ValuesAsync()).ShouldBe(expected.Values);
        await SettleAllAsync();
        (await ValuesAsync()).ShouldBe(expected.Values);
        (await OverlapsAsync()).ShouldBe(0);
        var hours = await HoursAsync();
        hours.Sum(hour => hour.Count).ShouldBe(expected.Count);
        hours.Sum(hour => hour.Sum).ShouldBe(expected.Values.Sum());
        hours.Max(hour => hour.Maximum).ShouldBe(expected.Values.Max());
    }

    [Fact]
    public async Task Rollups_WhenPartOfABucketHasSettled_CountTheRestWithIt()
    {
        await CommitAsync((0, 4), (10, 2));
        await SettleAllAsync();
        await CommitAsync((20, 9), (5, 1));

        var hour = (await HoursAsync()).ShouldHaveSingleItem();

        (hour.Count, hour.Minimum, hour.Maximum, hour.Mean, hour.Last).ShouldBe((4, 1, 9, 4, 9));
    }

    [Fact]
    public async Task Open_WhenReadingsAreOfTheFirstVersion_MovesThemIntoChunks()
    {
        await CommitAsync((0, 1));
        _store.Dispose();
        await ExecuteAsync("""
            CREATE TABLE reading_before_chunks (series_id BIGINT NOT NULL, t BIGINT NOT NULL, value REAL NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (series_id, t)) WITHOUT ROWID;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO reading_before_chunks SELECT (SELECT id FROM series), 1728000000000000 + i * 60000000, i, 0 FROM n;
            """);

        _store = NewStore();

        (await ValuesAsync()).Count.ShouldBe(30_001);
        (await HoursAsync()).Sum(hour => hour.Count).ShouldBe(30_001);
        Restart();
        (await ValuesAsync()).Count.ShouldBe(30_001);
    }

    [Fact]
    public async Task Commit_WhenADeviceMakesUpNames_RefusesThoseBeyondTheLimit()
    {
        var item = Item(Enumerable.Range(0, 300).Select(number => new Measurement("metric" + number.ToString(System.Globalization.CultureInfo.InvariantCulture), Start, 1)));

        var stored = await _store.CommitAsync([item], [], CancellationToken.None);

        stored.Readings.ShouldBe(256);
        stored.Refused[item].Code.ShouldBe("too-many-metrics");
    }

    [Fact]
    public async Task DeleteBefore_WhenReadingsAreOld_DeletesThemAndKeepsRollups()
    {
        await CommitAsync([.. Enumerable.Range(0, 3_000).Select(minute => (60 * minute, 1.0))]);
        await SettleAllAsync();

        var deleted = await _store.DeleteBeforeAsync(Town, UnixMicroseconds.From(Start.AddMinutes(2_500)), UnixMicroseconds.From(Start.AddDays(-1)), CancellationToken.None);

        deleted.ShouldBe(2_048);
        (await ValuesAsync()).Count.ShouldBe(3_000 - 2_048);
        (await HoursAsync()).Sum(hour => hour.Count).ShouldBe(3_000);
    }

    public void Dispose()
    {
        _store.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteStore NewStore()
    {
        var database = DatabaseKind.From("Data Source=" + Path.Combine(_folder, "telemetry.db"));
        var databases = new TownDatabases(database, new Dictionary<string, string>(StringComparer.Ordinal), new TownDirectory(), typeof(SqliteStore).Assembly);
        return new SqliteStore(database, databases, Options.Create(new IngestOptions()), TimeProvider.System, NullLogger<SqliteStore>.Instance);
    }

    // A process that ends closes nothing in good order, but its connections go.
    private void Restart()
    {
        _store.Dispose();
        _store = NewStore();
    }

    private Task CommitAsync(params (int Seconds, double Value)[] readings)
        => _store.CommitAsync([Item(readings.Select(reading => new Measurement(Level, Start.AddSeconds(reading.Seconds), reading.Value)))], [], CancellationToken.None);

    private static IngestItem Item(IEnumerable<Measurement> measurements) => new()
    {
        Municipality = Town,
        Device = Gauge,
        ReceivedAt = Start.AddDays(2),
        Measurements = [.. measurements],
        AcknowledgeAsync = _ => Task.CompletedTask,
    };

    private async Task SettleAllAsync()
    {
        while (await _store.SettleAsync(all: true, CancellationToken.None))
        {
            continue;
        }
    }

    private async Task<List<double>> ValuesAsync()
        => (await _store.ReadAsync(await SeriesAsync(), 0, long.MaxValue, int.MaxValue, CancellationToken.None)).ConvertAll(point => point.Value);

    private async Task<List<Rollup>> HoursAsync()
        => await _store.RollupsAsync(await SeriesAsync(), Resolution.Hour, UnixMicroseconds.From(Start.AddDays(-2)), UnixMicroseconds.From(Start.AddDays(40)), CancellationToken.None);

    private async Task<SeriesKey> SeriesAsync() => new(await NumberAsync("SELECT id FROM series"), Town, Gauge, Level);

    private Task<long> AcceptedAsync() => NumberAsync("SELECT accepted_count FROM device_state");

    private Task<long> OverlapsAsync() => NumberAsync("""
        SELECT COUNT(*) FROM reading_chunk a JOIN reading_chunk b
        ON a.series_id = b.series_id AND a.start_t < b.start_t AND a.end_t >= b.start_t OR a.points > 1024
        """);

    private async Task<(long Generation, byte[] Data)[]> JournalAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT generation, data FROM reading_journal ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(long, byte[])>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return [.. rows];
    }

    private async Task RestoreAsync((long Generation, byte[] Data)[] journal)
    {
        await using var connection = await OpenAsync();
        foreach (var (generation, data) in journal)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO reading_journal (generation, data) VALUES (@generation, @data)";
            command.Parameters.AddWithValue("@generation", generation);
            command.Parameters.AddWithValue("@data", data);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "telemetry.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
