using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class ObserverTests
{
    [Fact]
    public async Task Observer_WhenTheGrainTells_HearsAllInOrder()
    {
        await using var host = await GrainHost.StartAsync();
        var bell = host.Grains.GetGrain<IBellGrain>("a");
        await bell.Subscribe(host.Grains.CreateObjectReference<ISiren>(new Siren(host.Probe)));

        for (var i = 0; i < 100; i++)
        {
            await bell.Ring($"{i}");
        }

        await host.Probe.ReachedAsync("99");
        host.Probe.Log.ShouldBe(Enumerable.Range(0, 100).Select(static i => $"{i}"));
        (await bell.AskAll("who")).ShouldBe(["object who"]);
    }

    [Fact]
    public async Task Observer_WhenItIsAGrain_HearsToo()
    {
        await using var host = await GrainHost.StartAsync();
        var bell = host.Grains.GetGrain<IBellGrain>("a");
        await host.Grains.GetGrain<ISirenGrain>("b").Join(bell);

        await bell.Ring("flood");

        await host.Probe.ReachedAsync("grain heard flood");
        (await bell.AskAll("who")).ShouldBe(["grain b who"]);
    }

    [Fact]
    public async Task Observer_WhenDeleted_IsDroppedByTheNextNotification()
    {
        await using var host = await GrainHost.StartAsync();
        var bell = host.Grains.GetGrain<IBellGrain>("a");
        var siren = new Siren(host.Probe);
        var reference = host.Grains.CreateObjectReference<ISiren>(siren);
        await bell.Subscribe(reference);
        (await reference.Ask("who")).ShouldBe("object who");

        host.Grains.DeleteObjectReference<ISiren>(reference);

        await Should.ThrowAsync<ClientNotAvailableException>(reference.Ask("who"));
        (await bell.Count()).ShouldBe(1);
        (await bell.AskAll("who")).ShouldBeEmpty();
        (await bell.Count()).ShouldBe(0);
        siren.IsDisposed.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => host.Grains.DeleteObjectReference<ISiren>(reference));
    }

    [Fact]
    public async Task ObserverManager_WhenAnObserverFailsOrExpires_DropsIt()
    {
        await using var host = await GrainHost.StartAsync();
        var bell = host.Grains.GetGrain<IBellGrain>("a");
        await bell.Subscribe(host.Grains.CreateObjectReference<ISiren>(new Siren(host.Probe)));
        (await bell.AskAll("fail")).ShouldBeEmpty();
        (await bell.Count()).ShouldBe(0);

        var reference = host.Grains.CreateObjectReference<ISiren>(new Siren(host.Probe));
        await bell.Subscribe(reference);
        await bell.Subscribe(reference);
        (await bell.Count()).ShouldBe(1);
        host.Time.Advance(TimeSpan.FromMinutes(6));
        (await bell.AskAll("who")).ShouldBeEmpty();
        (await bell.Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Observer_WhenItIsNoReference_IsRefused()
    {
        await using var host = await GrainHost.StartAsync();
        var bell = host.Grains.GetGrain<IBellGrain>("a");
        using var siren = new Siren(host.Probe);

        await Should.ThrowAsync<NotSupportedException>(async () => await bell.Subscribe(siren));
        var reference = host.Grains.CreateObjectReference<ISiren>(siren);
        Should.Throw<ArgumentException>(() => host.Grains.CreateObjectReference<ISiren>(reference));
    }
}
