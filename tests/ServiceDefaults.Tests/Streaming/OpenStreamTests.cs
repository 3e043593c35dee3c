using System.IO.Pipelines;
using System.Text;
using SmartCity.ServiceDefaults.Streaming;

namespace SmartCity.ServiceDefaults.Tests.Streaming;

public sealed class OpenStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A client that takes eight bytes and then no more until it has read.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 8, resumeWriterThreshold: 4, useSynchronizationContext: false));
    private readonly CancellationTokenSource _gone = new();
    private bool _aborted;

    [Fact]
    public async Task Write_WhenFramesWereAddedBefore_SendsThemInOrder()
    {
        var stream = New(10);
        stream.TryAdd(Frame("one ")).ShouldBeTrue();
        stream.TryAdd(Frame("two ")).ShouldBeTrue();
        var running = stream.RunAsync(_pipe.Writer, _gone.Token);
        stream.TryAdd(Frame("three")).ShouldBeTrue();
        stream.Write();
        stream.Complete();
        (await ReadAllAsync(running)).ShouldBe("one two three");
    }

    [Fact]
    public async Task Write_WhenTheClientTakesNoMore_KeepsTheRestAndSendsItLater()
    {
        var stream = New(2);
        var running = stream.RunAsync(_pipe.Writer, _gone.Token);
        stream.TryAdd(Frame("12345678")).ShouldBeTrue();
        stream.Write();
        stream.TryAdd(Frame("9")).ShouldBeTrue();
        stream.Write();
        stream.TryAdd(Frame("0")).ShouldBeTrue();
        stream.Waiting.ShouldBe(2);
        stream.TryAdd(Frame("too many")).ShouldBeFalse();
        stream.Complete();
        running.IsCompleted.ShouldBeFalse();
        var all = ReadAllAsync(running);
        await running.WaitAsync(Patience);
        (await all).ShouldBe("1234567890");
    }

    [Fact]
    public async Task Abort_WhenAWriteIsStuck_EndsOnlyWhenNothingWritesAnyMore()
    {
        var stream = New(2);
        var running = stream.RunAsync(_pipe.Writer, _gone.Token);
        stream.TryAdd(Frame("12345678")).ShouldBeTrue();
        stream.Write();
        stream.Abort();
        _aborted.ShouldBeTrue();
        running.IsCompleted.ShouldBeFalse("the write is still under way");
        _pipe.Reader.Complete();
        await running.WaitAsync(Patience);
        stream.TryAdd(Frame("late")).ShouldBeTrue("what comes after the end is nobody's");
        stream.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_WhenTheClientGoes_Ends()
    {
        var running = New(2).RunAsync(_pipe.Writer, _gone.Token);
        running.IsCompleted.ShouldBeFalse();
        await _gone.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task RunAsync_WhenWritingFails_SaysWhy()
    {
        var stream = New(2);
        var running = stream.RunAsync(_pipe.Writer, _gone.Token);
        await _pipe.Writer.CompleteAsync();
        stream.TryAdd(Frame("1")).ShouldBeTrue();
        stream.Write();
        await Should.ThrowAsync<InvalidOperationException>(running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Write_WhenManyThreadsAdd_LosesAndMixesNothing()
    {
        const int Threads = 4;
        const int Frames = 2_000;
        var stream = New(int.MaxValue);
        var running = stream.RunAsync(_pipe.Writer, _gone.Token);
        var all = ReadAllAsync(running);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var frame = 0; frame < Frames; frame++)
            {
                stream.TryAdd(Frame($"{thread}:{frame}\n"));
                stream.Write();
            }
        })));
        stream.Complete();
        var lines = (await all.WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(Threads * Frames);
        for (var thread = 0; thread < Threads; thread++)
        {
            lines.Where(line => line.StartsWith($"{thread}:", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, Frames).Select(frame => $"{thread}:{frame}"));
        }
    }

    [Fact]
    public async Task Crowd_WhenThereAreMoreThanOnePart_ReachesEveryStream()
    {
        var pipes = Enumerable.Range(0, 1_000).Select(_ => new Pipe()).ToList();
        var streams = pipes.Select(_ => new OpenStream(1, () => { })).ToList();
        var running = streams.Zip(pipes, (stream, pipe) => stream.RunAsync(pipe.Writer, CancellationToken.None)).ToList();
        streams.ForEach(stream => stream.TryAdd(Frame("x")));
        StreamCrowd.Write(streams);
        streams.ForEach(stream => stream.Complete());
        await Task.WhenAll(running).WaitAsync(Patience);
        foreach (var pipe in pipes)
        {
            pipe.Reader.TryRead(out var read).ShouldBeTrue();
            read.Buffer.Length.ShouldBe(1);
        }
    }

    private OpenStream New(int length) => new(length, () => _aborted = true);

    private async Task<string> ReadAllAsync(Task ended)
    {
        _ = ended.ContinueWith(_ => _pipe.Writer.Complete(), TaskScheduler.Default);
        using var reader = new StreamReader(_pipe.Reader.AsStream());
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    private static ReadOnlyMemory<byte> Frame(string text) => Encoding.UTF8.GetBytes(text);
}
