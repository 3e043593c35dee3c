using Orleans;
using Orleans.Runtime;

namespace SmartCity.Orleans.Tests.Grains;

public sealed class WaterLevelException(string message, int level) : Exception(message)
{
    public int Level { get; } = level;
}

public interface IErrorGrain : IGrainWithStringKey
{
    Task ThrowAtOnce();

    Task<int> ThrowLater();

    ValueTask<int> ThrowFromValueTask();

    Task<string?> ReadContext(string key);

    Task<string?> ReadContextThroughAnother(string key);

    Task<bool> RunsOnOneScheduler();
}

public class ErrorGrain : Grain, IErrorGrain
{
    public Task ThrowAtOnce() => throw new WaterLevelException("too high", 5);

    public async Task<int> ThrowLater()
    {
        await Task.Yield();
        throw new WaterLevelException("too high", 5);
    }

    public ValueTask<int> ThrowFromValueTask() => throw new WaterLevelException("too high", 5);

    public Task<string?> ReadContext(string key)
    {
        var value = (string?)RequestContext.Get(key);
        RequestContext.Set(key, "changed by the grain");
        return Task.FromResult(value);
    }

    public Task<string?> ReadContextThroughAnother(string key) => GrainFactory.GetGrain<IErrorGrain>("another").ReadContext(key);

    public async Task<bool> RunsOnOneScheduler()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Yield();
        var afterAwait = TaskScheduler.Current;
        var started = await Task.Factory.StartNew(() => TaskScheduler.Current, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
        var outside = await Task.Run(() => TaskScheduler.Current);

        // A thread from outside that runs a task "here" must wait for a turn: the task may not run on that thread.
        var strayed = await Task.Run(() =>
        {
            var task = new Task<int>(static () => Environment.CurrentManagedThreadId);
            task.RunSynchronously(scheduler);
            return task.Result == Environment.CurrentManagedThreadId;
        });
        return !strayed && scheduler == afterAwait && scheduler == started && scheduler != outside && scheduler != TaskScheduler.Default;
    }
}
