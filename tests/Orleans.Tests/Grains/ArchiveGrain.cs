using Orleans;
using Orleans.Runtime;

namespace SmartCity.Orleans.Tests.Grains;

[GenerateSerializer]
public sealed class ArchiveState
{
    [Id(0)]
    private int _writes;

    [Id(1)]
    public string Title { get; set; } = string.Empty;

    [Id(2)]
    public ICounterGrain? Counter { get; set; }

    [Id(3)]
    public Dictionary<ICounterGrain, double> Shares { get; set; } = [];

    [Id(4)]
    public List<string> Lines { get; } = [];

    [Id(5)]
    public DateTimeOffset WrittenAt { get; private set; }

    [Id(6)]
    public Place? Place { get; set; }

    [Id(7)]
    public Seal? Seal { get; set; }

    public int Writes => _writes;

    public void Touch(DateTimeOffset now)
    {
        _writes++;
        WrittenAt = now;
    }
}

/// <summary>Made by its own method only.</summary>
[GenerateSerializer]
public sealed class Seal
{
    private Seal()
    {
    }

    [Id(0)]
    public int Number { get; private init; }

    public static Seal Of(int number) => new() { Number = number };
}

public interface IArchiveGrain : IGrainWithStringKey
{
    Task Keep(string title, ICounterGrain counter);

    Task<string> Describe();

    Task<int> AddToCounter(int number);
}

public class ArchiveGrain([PersistentState("archive", "archives")] IPersistentState<ArchiveState> state) : Grain, IArchiveGrain
{
    public Task Keep(string title, ICounterGrain counter)
    {
        state.State.Title = title;
        state.State.Counter = counter;
        state.State.Shares[counter] = double.NaN;
        state.State.Lines.Add(title);
        state.State.Place = new Place { Name = title };
        state.State.Seal = Seal.Of(7);
        state.State.Touch(DateTimeOffset.UnixEpoch);
        return state.WriteStateAsync();
    }

    public Task<string> Describe() => Task.FromResult(
        $"{state.State.Title} {string.Join(',', state.State.Lines)} {state.State.Writes} {state.State.WrittenAt.Year} {state.State.Shares.Count} {state.State.Place?.Name} {state.State.Seal?.Number}");

    public Task<int> AddToCounter(int number) => state.State.Counter!.Add(number);
}
