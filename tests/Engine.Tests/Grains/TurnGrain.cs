using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace SmartCity.Engine.Tests.Grains;

/// <summary>Says in which order its turns ran.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Starts, gives up the thread until <see cref="Open"/>, ends; each step is in the log.</summary>
    Task Slow(string name);

    Task Note(string name);

    [AlwaysInterleave]
    Task Open();

    [AlwaysInterleave]
    Task<string[]> Log();

    /// <summary>Calls itself through <paramref name="other"/>.</summary>
    Task<int> Circle(ITurnGrain other, ITurnGrain self, int depth, bool allowed);

    Task Keep(List<int> numbers);

    Task<int> Kept();

    Task Fail();

    Task<string?> ReadContext();
}

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrainBase, IReentrantTurnGrain;

public sealed class TurnGrain : TurnGrainBase, ITurnGrain;

/// <summary>The same grain, but reentrant.</summary>
public interface IReentrantTurnGrain : ITurnGrain;

public abstract class TurnGrainBase : Grain
{
    private readonly List<string> _log = [];
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<int> _kept = [];

    public async Task Slow(string name)
    {
        _log.Add($"{name} starts");
        await _gate.Task;
        _log.Add($"{name} ends");
    }

    public Task Note(string name)
    {
        _log.Add(name);
        return Task.CompletedTask;
    }

    public Task Open()
    {
        _gate.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<string[]> Log() => Task.FromResult(_log.ToArray());

    public async Task<int> Circle(ITurnGrain other, ITurnGrain self, int depth, bool allowed)
    {
        if (depth == 0)
        {
            return 0;
        }

        if (!allowed)
        {
            return 1 + await other.Circle(self, other, depth - 1, allowed);
        }

        using var scope = RequestContext.AllowCallChainReentrancy();
        return 1 + await other.Circle(self, other, depth - 1, allowed);
    }

    public Task Keep(List<int> numbers)
    {
        _kept = numbers;
        return Task.CompletedTask;
    }

    public Task<int> Kept() => Task.FromResult(_kept.Sum());

    public Task Fail() => throw new RefusedException("3.42 m is not allowed");

    public Task<string?> ReadContext() => Task.FromResult(RequestContext.Get("town") as string);
}

/// <summary>An exception of our own: it crosses a call with its type.</summary>
[GenerateSerializer]
[Alias("SmartCity.Engine.Tests.RefusedException")]
public sealed class RefusedException : Exception
{
    public RefusedException()
    {
    }

    public RefusedException(string message) : base(message)
    {
    }

    public RefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
