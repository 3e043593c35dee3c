using Orleans.Concurrency;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class IsolationTests
{
    [Fact]
    public async Task Argument_WhenCallerChangesItLater_GrainKeepsItsCopy()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("a");
        var letter = new Letter { Title = "flood", Lines = ["leave"] };
        await grain.Keep(letter);

        letter.Title = "changed";
        letter.Lines.Add("more");

        var kept = await grain.Kept();
        kept.Title.ShouldBe("flood");
        kept.Lines.ShouldBe(["leave"]);
    }

    [Fact]
    public async Task Argument_WhenCallerChangesItBeforeTheTurn_GrainSeesTheCallTime()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("a");
        var letter = new Letter { Lines = ["leave"] };
        var call = grain.Keep(letter);
        letter.Lines.Clear();
        await call;

        (await grain.Kept()).Lines.ShouldBe(["leave"]);
    }

    [Fact]
    public async Task Result_WhenCallerChangesIt_GrainDoesNotSeeIt()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("a");
        await grain.Keep(new Letter { Lines = ["leave"] });

        (await grain.Kept()).Lines.Clear();

        (await grain.Kept()).Lines.ShouldBe(["leave"]);
    }

    [Fact]
    public async Task Argument_WhenImmutable_IsShared()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("a");
        var letter = new Letter { Title = "first" };

        await grain.KeepShared(letter.AsImmutable());
        letter.Title = "second";
        (await grain.Kept()).Title.ShouldBe("second");

        await grain.KeepMarked(letter);
        letter.Title = "third";
        (await grain.Kept()).Title.ShouldBe("third");

        var notice = new Notice(["line"]);
        await grain.KeepNotice(notice);
        (await grain.KeptNotice()).ShouldBeSameAs(notice);
    }

    [Fact]
    public async Task Argument_WhenMemory_IsCopied()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("a");
        byte[] bytes = [1, 2, 3, 4];
        await grain.KeepBytes(bytes.AsMemory(1, 2));
        Array.Clear(bytes);

        (await grain.KeptBytes()).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Argument_WhenItContainsItself_StaysACircle()
    {
        await using var host = await GrainHost.StartAsync();
        var letter = new Letter();
        letter.Answer = new Letter { Answer = letter };

        (await host.Grains.GetGrain<IMailGrain>("a").IsCircle(letter)).ShouldBeTrue();
    }

    [Fact]
    public async Task Argument_WhenKeysAreFoundByReference_TheCopyFindsThem()
    {
        await using var host = await GrainHost.StartAsync();
        var letter = new Letter { Copies = { [new Place { Name = "uozu" }] = 3, [new Place { Name = "kurobe" }] = 4 } };

        (await host.Grains.GetGrain<IMailGrain>("a").CopiesFor(letter, "kurobe")).ShouldBe(4);
    }

    [Fact]
    public async Task Argument_WhenItIsCode_IsRefused()
    {
        await using var host = await GrainHost.StartAsync();

        await Should.ThrowAsync<NotSupportedException>(async () => await host.Grains.GetGrain<IMailGrain>("a").Take(() => 1));
    }
}
