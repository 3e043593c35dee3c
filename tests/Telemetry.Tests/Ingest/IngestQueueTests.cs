using System.Globalization;
using Microsoft.Extensions.Options;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Tests.Ingest;

public sealed class IngestQueueTests
{
    private const string Noisy = "162043";
    private const string Quiet = "163422";

    [Fact]
    public async Task ReadBatch_WhenOneTownFloods_TheOthersReadingIsInTheNextBatch()
    {
        using var queue = new IngestQueue(Options.Create(new IngestOptions { QueueMessages = 1000 }));
        for (var number = 0; number < 900; number++)
        {
            await queue.WriteAsync(Item(Noisy, number), CancellationToken.None);
        }

        await queue.WriteAsync(Item(Quiet, 0), CancellationToken.None);
        var batch = await queue.ReadBatchAsync(10, CancellationToken.None);

        batch.Count.ShouldBe(10);
        batch.Count(item => item.Municipality == Quiet).ShouldBe(1);
    }

    [Fact]
    public async Task ReadBatch_WhenTownsTakeTurns_EachTownsOrderStaysAndNothingIsLost()
    {
        using var queue = new IngestQueue(Options.Create(new IngestOptions { QueueMessages = 100 }));
        var writing = Task.WhenAll(new[] { Noisy, Quiet }.Select(town => Task.Run(async () =>
        {
            for (var number = 0; number < 500; number++)
            {
                await queue.WriteAsync(Item(town, number), CancellationToken.None);
            }
        })));

        var read = new List<IngestItem>();
        while (read.Count < 1000)
        {
            read.AddRange(await queue.ReadBatchAsync(64, CancellationToken.None));
        }

        await writing;
        queue.Count.ShouldBe(0);
        foreach (var town in new[] { Noisy, Quiet })
        {
            read.Where(item => item.Municipality == town).Select(item => item.Device).ShouldBe(Enumerable.Range(0, 500).Select(NameOf));
        }
    }

    [Fact]
    public async Task Write_WhenTheQueueIsFull_WaitsForRoom()
    {
        using var queue = new IngestQueue(Options.Create(new IngestOptions { QueueMessages = 1 }));
        await queue.WriteAsync(Item(Noisy, 0), CancellationToken.None);

        var second = queue.WriteAsync(Item(Quiet, 1), CancellationToken.None).AsTask();
        second.IsCompleted.ShouldBeFalse();
        await queue.ReadBatchAsync(10, CancellationToken.None);

        await second;
        (await queue.ReadBatchAsync(10, CancellationToken.None)).Single().Municipality.ShouldBe(Quiet);
    }

    private static string NameOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IngestItem Item(string town, int number) => new()
    {
        Municipality = town,
        Device = NameOf(number),
        ReceivedAt = DateTimeOffset.UnixEpoch,
        AcknowledgeAsync = _ => Task.CompletedTask,
    };
}
