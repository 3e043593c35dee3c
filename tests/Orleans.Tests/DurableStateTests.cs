using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.Embedded.Orleans;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class DurableStateTests
{
    private static readonly GrainId Id = GrainId.Create("archive", "a");

    [Fact]
    public async Task State_WhenTheProcessIsKilled_IsReadByTheNext()
    {
        using var directory = new TemporaryDirectory();
        await using var killed = await StartAsync(directory);
        var counter = killed.Grains.GetGrain<ICounterGrain>("片貝川/1");
        await killed.Grains.GetGrain<IArchiveGrain>("a").Keep("洪水", counter);
        await killed.Grains.GetGrain<IArchiveGrain>("a").Keep("津波", counter);
        (await counter.Add(2)).ShouldBe(2);
        using var image = directory.Image();

        await using var next = await StartAsync(image);
        var archive = next.Grains.GetGrain<IArchiveGrain>("a");
        (await archive.Describe()).ShouldBe("津波 洪水,津波 2 1970 1 津波 7");
        (await archive.AddToCounter(3)).ShouldBe(5);
        (await next.Grains.GetGrain<ICounterGrain>("片貝川/1").Total()).ShouldBe(5);
    }

    [Fact]
    public async Task Writes_WhenManyGrainsWriteAtOnce_AreAllThereAfterAKill()
    {
        using var directory = new TemporaryDirectory();
        await using var killed = await StartAsync(directory);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var counter = killed.Grains.GetGrain<ICounterGrain>($"{i}");
            for (var n = 0; n < 5; n++)
            {
                await counter.Add(i);
            }
        })).WaitAsync(GrainHost.Patience);
        using var image = directory.Image();
        File.AppendAllText(image.Logs().Single(log => log.Contains("counters")), "a write that the kill cut off");

        await using var next = await StartAsync(image);
        for (var i = 0; i < 200; i++)
        {
            (await next.Grains.GetGrain<ICounterGrain>($"{i}").Total()).ShouldBe(5 * i);
        }
    }

    [Fact]
    public async Task Write_WhenTheVersionIsOutdated_Throws()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory);
        var storage = Storage(host);
        var mine = new GrainState<CounterState>(new CounterState { Total = 1 });
        await storage.WriteStateAsync("s", Id, mine);
        var other = new GrainState<CounterState>();
        await storage.ReadStateAsync("s", Id, other);
        await storage.WriteStateAsync("s", Id, other);

        var error = await Should.ThrowAsync<InconsistentStateException>(storage.WriteStateAsync("s", Id, mine));
        error.StoredEtag.ShouldBe(other.ETag);
        error.CurrentEtag.ShouldBe(mine.ETag);
        await Should.ThrowAsync<InconsistentStateException>(storage.ClearStateAsync("s", Id, mine));
        await Should.ThrowAsync<InconsistentStateException>(storage.WriteStateAsync("s", Id, new GrainState<CounterState>(new CounterState())));
    }

    [Fact]
    public async Task Write_WhenTwoHoldTheSameVersion_OneFails()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory);
        var writes = Enumerable.Range(0, 10)
            .Select(i => Storage(host).WriteStateAsync("s", Id, new GrainState<CounterState>(new CounterState { Total = i }))).ToArray();

        await Should.ThrowAsync<InconsistentStateException>(Task.WhenAll(writes));

        writes.Count(static write => write.IsCompletedSuccessfully).ShouldBe(1);
    }

    [Fact]
    public async Task Clear_WhenStored_RemovesTheRecordForGood()
    {
        using var directory = new TemporaryDirectory();
        await using var killed = await StartAsync(directory);
        var counter = killed.Grains.GetGrain<ICounterGrain>("a");
        await counter.Add(2);
        await counter.Forget();
        (await counter.IsStored()).ShouldBeFalse();
        (await killed.Grains.GetGrain<ICounterGrain>("b").Add(1)).ShouldBe(1);
        using var image = directory.Image();

        await using var next = await StartAsync(image);
        (await next.Grains.GetGrain<ICounterGrain>("a").IsStored()).ShouldBeFalse();
        (await next.Grains.GetGrain<ICounterGrain>("a").Add(7)).ShouldBe(7);
    }

    [Fact]
    public async Task Journal_WhenOneStateIsWrittenOften_StaysSmall()
    {
        using var directory = new TemporaryDirectory();
        await using (var host = await StartAsync(directory, options => options.CompactAboveBytes = 20_000))
        {
            var state = new GrainState<CounterState>(new CounterState { Added = [.. Enumerable.Range(0, 50)] });
            for (state.State!.Total = 1; state.State.Total <= 2000; state.State.Total++)
            {
                await Storage(host).WriteStateAsync("s", Id, state);
            }

            // A rewrite still under way may have added little to the limit.
            directory.Logs().Sum(static log => new FileInfo(log).Length).ShouldBeLessThan(60_000);
        }

        await using var next = await StartAsync(directory);
        var read = new GrainState<CounterState>();
        await Storage(next).ReadStateAsync("s", Id, read);
        read.State!.Total.ShouldBe(2000);
    }

    [Fact]
    public async Task Read_WhenTheClassGainedMembers_KeepsTheirInitialValues()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory);
        await Storage(host).WriteStateAsync("s", Id, new GrainState<OldPlace>(new OldPlace("uozu", 3)));

        var read = new GrainState<NewPlace>();
        await Storage(host).ReadStateAsync("s", Id, read);

        read.State.ShouldNotBeNull().Name.ShouldBe("uozu");
        read.State.Kana.ShouldBe("unknown");
        read.State.Tags.ShouldBe(["new"]);
    }

    [Fact]
    public async Task Write_WhenAnObjectIsOfADerivedType_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory);
        var state = new GrainState<List<Shape>>([new Circle { Radius = 2 }]);

        (await Should.ThrowAsync<NotSupportedException>(Storage(host).WriteStateAsync("s", Id, state))).Message.ShouldContain(nameof(Circle));
    }

    [Fact]
    public async Task Write_WhenTheStorageIsFull_ThrowsAndKeepsWhatWasThere()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory, options => options.MaximumBytes = 1000);
        var state = new GrainState<string>("small");
        await Storage(host).WriteStateAsync("s", Id, state);

        state.State = new string('x', 1000);
        await Should.ThrowAsync<IOException>(Storage(host).WriteStateAsync("s", Id, state));

        await Storage(host).ReadStateAsync("s", Id, state);
        state.State.ShouldBe("small");
    }

    [Fact]
    public async Task Start_WhenTheDirectoryIsInUse_Fails()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await StartAsync(directory);

        await Should.ThrowAsync<IOException>(StartAsync(directory));
    }

    private static IGrainStorage Storage(GrainHost host) => host.Services.GetRequiredKeyedService<IGrainStorage>("archives");

    private static Task<GrainHost> StartAsync(TemporaryDirectory directory, Action<JournalOptions>? configure = null) => GrainHost.StartAsync(silo =>
    {
        silo.AddJournalGrainStorage("archives", directory.Path, configure);
        silo.AddJournalGrainStorage("counters", directory.Path, configure);
    });

    public sealed record OldPlace(string Name, int Gone);

    public sealed class NewPlace
    {
        public required string Name { get; set; }

        public required string Kana { get; set; } = "unknown";

        public List<string> Tags { get; set; } = ["new"];
    }

    public class Shape
    {
        public string Name { get; set; } = string.Empty;
    }

    public sealed class Circle : Shape
    {
        public int Radius { get; set; }
    }
}
