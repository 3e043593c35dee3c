using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class StateDurabilityTests
{
    [Fact]
    public async Task Restart_WhenKilled_HasEverythingThatWasAnswered()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.SaveStateAsync("statestore", $"k{i}", i))).Soon();
        await client.DeleteStateAsync("statestore", "k0").Soon();
        var (_, etag) = await client.GetStateAndETagAsync<int>("statestore", "k1").Soon();

        var directory = sidecar.CopyOfDirectory();
        await using (var successor = await TestSidecar.StartAsync("app", address: null, directory: directory))
        {
            using var again = successor.ClientOf("app");
            var values = await again.GetBulkStateAsync<int?>("statestore", [.. Enumerable.Range(0, 100).Select(i => $"k{i}")], parallelism: null).Soon();
            values.Select(v => v.Value).ShouldBe([null, .. Enumerable.Range(1, 99)]);
            (await again.TrySaveStateAsync("statestore", "k1", 2, etag).Soon()).ShouldBeTrue();
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task TrySave_WhenManyWritersCountTogether_LosesNoStep()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");
        await client.SaveStateAsync("statestore", "n", 0).Soon();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var step = 0; step < 25;)
            {
                var entry = await client.GetStateEntryAsync<int>("statestore", "n").Soon();
                entry.Value++;
                step += await entry.TrySaveAsync().Soon() ? 1 : 0;
            }
        }));

        (await client.GetStateAsync<int>("statestore", "n").Soon()).ShouldBe(200);
    }

    [Fact]
    public async Task Save_WhenLogIsLarge_IsRewrittenAndKeepsValuesAndETags()
    {
        var directory = TestSidecar.NewDirectory();
        string etag;
        await using (var sidecar = await TestSidecar.StartAsync("app", address: null,
            o => o with { Limits = new DaprSidecarLimits { CompactionBytes = 20_000 } }, directory))
        {
            using var client = sidecar.ClientOf("app");
            await client.SaveStateAsync("statestore", "old", "kept").Soon();
            for (var i = 0; i < 300; i++)
            {
                await client.SaveStateAsync("statestore", "k", new string('x', 1000) + i).Soon();
            }

            (_, etag) = await client.GetStateAndETagAsync<string>("statestore", "k").Soon();
        }

        Directory.GetFiles(Path.Combine(directory, "state"), "journal-*").Sum(f => new FileInfo(f).Length).ShouldBeLessThan(100_000);
        await using (var sidecar = await TestSidecar.StartAsync("app", address: null, directory: directory))
        {
            using var client = sidecar.ClientOf("app");
            (await client.GetStateAsync<string>("statestore", "old").Soon()).ShouldBe("kept");
            (await client.GetStateAndETagAsync<string>("statestore", "k").Soon()).ShouldBe((new string('x', 1000) + 299, etag));
        }

        Directory.Delete(directory, recursive: true);
    }
}
