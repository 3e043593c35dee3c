using System.Text;
using SmartCity.Embedded.Journal;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Journal;

public sealed class AppendLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_AfterAppends_ReplaysThemInOrder()
    {
        await using (var log = Open([]))
        {
            log.Append("a"u8);
            await log.AppendAsync("b"u8);
            log.Append("c"u8);
        }

        var records = new List<string>();
        await using var again = Open(records);

        records.ShouldBe(["a", "b", "c"]);
        again.TornBytes.ShouldBe(0);
    }

    [Fact]
    public async Task AppendAsync_FromManyThreads_KeepsTheOrderOfEach()
    {
        await using (var log = Open([]))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (var index = 0; index < 200; index++)
                {
                    await log.AppendAsync(Encoding.UTF8.GetBytes($"{writer}:{index}"));
                }
            })));
        }

        var records = new List<string>();
        await using var again = Open(records);
        records.Count.ShouldBe(1600);
        foreach (var group in records.Select(record => record.Split(':')).GroupBy(parts => parts[0], parts => int.Parse(parts[1], null), StringComparer.Ordinal))
        {
            group.ShouldBe(Enumerable.Range(0, 200));
        }
    }

    [Fact]
    public async Task AppendAsync_WhenItCompletes_IsInTheFile()
    {
        await using var log = Open([]);

        await log.AppendAsync("safe"u8);

        using var copy = _directory.CopyOfJournal();
        var records = new List<string>();
        await using var other = AppendLog.Open(copy.Path, record => records.Add(Encoding.UTF8.GetString(record)));
        records.ShouldBe(["safe"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Open_WithATornTail_CutsItOffAndKeepsIt(int missing)
    {
        await WriteAsync("first", "second");
        var file = JournalFile();
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^missing]);

        var records = new List<string>();
        await using (var log = Open(records))
        {
            records.ShouldBe(["first"]);
            log.TornBytes.ShouldBe(14 - missing);
            await log.AppendAsync("third"u8);
        }

        (await File.ReadAllBytesAsync(file + ".torn")).Length.ShouldBe(14 - missing);
        records.Clear();
        await using var again = Open(records);
        records.ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task Open_WithACorruptRecord_StopsBeforeItAndKeepsTheRest()
    {
        await WriteAsync("first", "second", "third");
        var file = JournalFile();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[8 + 5 + 8] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var records = new List<string>();
        await using var log = Open(records);

        records.ShouldBe(["first"]);
        (await File.ReadAllBytesAsync(file + ".torn")).ShouldBe(bytes[13..]);
    }

    [Fact]
    public async Task RewriteAsync_Always_ReplacesWhatWasBeforeAndKeepsWhatComesAfter()
    {
        await using (var log = Open([]))
        {
            await log.AppendAsync("old"u8);
            log.Append("pending"u8);
            var rewritten = log.RewriteAsync(append =>
            {
                append("snapshot-1"u8.ToArray());
                append("snapshot-2"u8.ToArray());
            });
            log.Append("after"u8);
            await rewritten;
            Directory.GetFiles(_directory.Path, "journal-*.log").Single().ShouldEndWith("journal-000002.log");
        }

        var records = new List<string>();
        await using var again = Open(records);
        records.ShouldBe(["snapshot-1", "snapshot-2", "after"]);
    }

    [Fact]
    public async Task RewriteAsync_WhenItCannotWrite_FailsAndLaterAppendsGoOn()
    {
        var inner = Path.Combine(_directory.Path, "inner");
        await using var log = AppendLog.Open(inner, static _ => { });
        await log.AppendAsync("before"u8);
        Directory.Move(inner, inner + "-moved");

        await Should.ThrowAsync<IOException>(() => log.RewriteAsync(append => append("x"u8.ToArray())));
        log.LastFailure.ShouldNotBeNull();
        await log.AppendAsync("later"u8);

        log.LastFailure.ShouldBeNull();
        var records = new List<string>();
        using var copy = new TemporaryDirectory();
        File.Copy(Path.Combine(inner + "-moved", "journal-000001.log"), Path.Combine(copy.Path, "journal-000001.log"));
        await using var again = AppendLog.Open(copy.Path, record => records.Add(Encoding.UTF8.GetString(record)));
        records.ShouldBe(["before", "later"]);
    }

    [Fact]
    public async Task AppendAsync_AfterAFailedGroup_GoesOnUnlessItFailsUntilRewritten()
    {
        await using var log = Open([]);
        using (new BrokenFile(JournalFile()))
        {
            await Should.ThrowAsync<IOException>(() => log.AppendAsync("lost"u8.ToArray()));
        }

        await log.AppendAsync("later"u8);

        (log.LastFailure, log.NeedsRewrite).ShouldBe((null, false));
    }

    [Fact]
    public async Task AppendAsync_AfterAFailedGroup_FailsUntilRewritten()
    {
        await using (var log = AppendLog.Open(_directory.Path, static _ => { }, new AppendLogOptions { FailsUntilRewritten = true }))
        {
            await log.AppendAsync("before"u8);
            using (new BrokenFile(JournalFile()))
            {
                await Should.ThrowAsync<IOException>(() => log.AppendAsync("lost"u8.ToArray()));
            }

            await Should.ThrowAsync<IOException>(() => log.AppendAsync("refused"u8.ToArray()));
            await Should.ThrowAsync<IOException>(log.FlushAsync);
            log.NeedsRewrite.ShouldBeTrue();
            var rewritten = log.RewriteAsync(append => append("all"u8.ToArray()));
            var after = log.AppendAsync("after"u8);
            await rewritten;
            await after;
            (log.LastFailure, log.NeedsRewrite).ShouldBe((null, false));
        }

        var records = new List<string>();
        await using var again = Open(records);
        records.ShouldBe(["all", "after"]);
    }

    [Fact]
    public async Task RewriteAsync_WhenItCannotWriteAfterAFailedGroup_RefusesWhatCameAfterItToo()
    {
        var inner = Path.Combine(_directory.Path, "inner");
        await using var log = AppendLog.Open(inner, static _ => { }, new AppendLogOptions { FailsUntilRewritten = true });
        using (new BrokenFile(Path.Combine(inner, "journal-000001.log")))
        {
            await Should.ThrowAsync<IOException>(() => log.AppendAsync("lost"u8.ToArray()));
        }

        Directory.Move(inner, inner + "-moved");
        var rewritten = log.RewriteAsync(append => append("all"u8.ToArray()));
        var after = log.AppendAsync("after"u8);

        await Should.ThrowAsync<IOException>(() => rewritten);
        await Should.ThrowAsync<IOException>(() => after);
        await Should.ThrowAsync<IOException>(log.FlushAsync);
        Directory.Move(inner + "-moved", inner);
        await log.RewriteAsync(append => append("all again"u8.ToArray()));
        await log.AppendAsync("safe"u8);
        log.NeedsRewrite.ShouldBeFalse();
    }

    [Fact]
    public async Task RewriteAsync_WhenItCannotWrite_KeepsWhatWaitedToBeWritten()
    {
        var inner = Path.Combine(_directory.Path, "inner");
        await using var log = AppendLog.Open(inner, static _ => { });
        Directory.Move(inner, inner + "-moved");
        Task waiting = Task.CompletedTask;
        var rewritten = log.RewriteAsync(append =>
        {
            waiting = log.AppendAsync("waiting"u8);
            append("x"u8.ToArray());
        });

        await Should.ThrowAsync<IOException>(() => rewritten);
        await waiting;
        await log.FlushAsync();
        new FileInfo(Path.Combine(inner + "-moved", "journal-000001.log")).Length.ShouldBe(8 + "waiting".Length);
    }

    [Fact]
    public async Task Open_WhileAnotherHasTheLog_Throws()
    {
        await using var log = Open([]);

        Should.Throw<IOException>(() => Open([]));
    }

    [Fact]
    public async Task Open_WithTwoGenerations_TakesTheNewest()
    {
        await WriteAsync("old");
        File.Copy(JournalFile(), Path.Combine(_directory.Path, "kept.bin"));
        await using (var log = Open([]))
        {
            await log.RewriteAsync(append => append("new"u8.ToArray()));
        }

        // As after a kill between the switch and the removal of the old file.
        File.Move(Path.Combine(_directory.Path, "kept.bin"), Path.Combine(_directory.Path, "journal-000001.log"));
        var records = new List<string>();
        await using var again = Open(records);

        records.ShouldBe(["new"]);
        Directory.GetFiles(_directory.Path, "journal-*.log").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Append_OfNothingOrTooMuch_Throws()
    {
        await using var log = AppendLog.Open(_directory.Path, static _ => { }, new AppendLogOptions { MaximumRecordBytes = 10 });

        Should.Throw<ArgumentException>(() => log.Append([]));
        Should.Throw<ArgumentException>(() => log.Append(new byte[11]));
    }

    private AppendLog Open(List<string> records) => AppendLog.Open(_directory.Path, record => records.Add(Encoding.UTF8.GetString(record)));

    private async Task WriteAsync(params string[] records)
    {
        await using var log = Open([]);
        foreach (var record in records)
        {
            await log.AppendAsync(Encoding.UTF8.GetBytes(record));
        }
    }

    private string JournalFile() => Directory.GetFiles(_directory.Path, "journal-*.log").Single();
}
