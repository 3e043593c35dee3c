using Orleans;
using Orleans.Concurrency;

namespace SmartCity.Orleans.Tests.Grains;

[GenerateSerializer]
public sealed class Letter
{
    [Id(0)]
    public string Title { get; set; } = string.Empty;

    [Id(1)]
    public List<string> Lines { get; set; } = [];

    [Id(2)]
    public Letter? Answer { get; set; }

    [Id(3)]
    public Dictionary<Place, int> Copies { get; set; } = [];
}

/// <summary>A key without value equality: it is found by reference only.</summary>
[GenerateSerializer]
public sealed class Place
{
    [Id(0)]
    public string Name { get; set; } = string.Empty;
}

[GenerateSerializer, Immutable]
public sealed record Notice([property: Id(0)] List<string> Lines);

public interface IMailGrain : IGrainWithStringKey
{
    Task Keep(Letter letter);

    Task<Letter> Kept();

    Task KeepShared(Immutable<Letter> letter);

    Task KeepNotice(Notice notice);

    Task<Notice> KeptNotice();

    Task KeepMarked([Immutable] Letter letter);

    Task KeepBytes(ReadOnlyMemory<byte> bytes);

    Task<byte[]> KeptBytes();

    Task<bool> IsCircle(Letter letter);

    Task<int> CopiesFor(Letter letter, string place);

    Task Take(Func<int> function);
}

public class MailGrain : Grain, IMailGrain
{
    private ReadOnlyMemory<byte> _bytes;
    private Letter _letter = new();
    private Notice _notice = new([]);

    public Task Keep(Letter letter)
    {
        _letter = letter;
        return Task.CompletedTask;
    }

    public Task<Letter> Kept() => Task.FromResult(_letter);

    public Task KeepShared(Immutable<Letter> letter) => Keep(letter.Value);

    public Task KeepNotice(Notice notice)
    {
        _notice = notice;
        return Task.CompletedTask;
    }

    public Task<Notice> KeptNotice() => Task.FromResult(_notice);

    public Task KeepMarked([Immutable] Letter letter) => Keep(letter);

    public Task KeepBytes(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        return Task.CompletedTask;
    }

    public Task<byte[]> KeptBytes() => Task.FromResult(_bytes.ToArray());

    public Task<bool> IsCircle(Letter letter) => Task.FromResult(ReferenceEquals(letter.Answer?.Answer, letter));

    public Task<int> CopiesFor(Letter letter, string place) =>
        Task.FromResult(letter.Copies[letter.Copies.Keys.Single(key => key.Name == place)]);

    public Task Take(Func<int> function) => Task.FromResult(function());
}
