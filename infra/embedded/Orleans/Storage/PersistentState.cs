using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SmartCity.Embedded.Grains;

/// <summary>A state that is read before the grain's first turn.</summary>
internal interface IActivationState
{
    Task LoadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Binds one state of an activation to its storage. Operations run one after another; a write that finds another write
/// still waiting at the end of the queue shares it, since both would store the same state.
/// </summary>
internal sealed class PersistentState<T>(string name, Activation activation, IGrainStorage storage) : IPersistentState<T>, IActivationState
{
    // Only turns of the activation come here, so that nothing needs a lock.
    private readonly GrainState<T> _state = new(StateFactory<T>.Create());
    private Task _last = Task.CompletedTask;
    private long _operations;
    private (long Number, Task Task)? _waitingWrite;
    private bool _loaded;

    public T State
    {
        get
        {
            RuntimeContext.Require();
            return _state.State!;
        }

        set
        {
            RuntimeContext.Require();
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _loaded ? _state.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Queue(ReadAsync, cancellationToken, isWrite: false);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Queue(ClearAsync, cancellationToken, isWrite: false);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        _waitingWrite is { } waiting && !cancellationToken.CanBeCanceled
            ? waiting.Task
            : Queue(WriteAsync, cancellationToken, isWrite: true);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await AttemptAsync(storage.ReadStateAsync(name, activation.GrainId, _state, cancellationToken), nameof(ReadStateAsync), cancellationToken);
        _state.State ??= StateFactory<T>.Create();
        _loaded = true;
    }

    private Task WriteAsync(CancellationToken cancellationToken) =>
        AttemptAsync(storage.WriteStateAsync(name, activation.GrainId, _state, cancellationToken), nameof(WriteStateAsync), cancellationToken);

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        await AttemptAsync(storage.ClearStateAsync(name, activation.GrainId, _state, cancellationToken), nameof(ClearStateAsync), cancellationToken);
        _state.State ??= StateFactory<T>.Create();
    }

    // As upstream (StateStorageBridge): what a storage throws reaches the grain's caller inside an OrleansException.
    private async Task AttemptAsync(Task operation, string what, CancellationToken cancellationToken)
    {
        try
        {
            await operation;
        }
        catch (Exception exception) when (exception is not OrleansException && !cancellationToken.IsCancellationRequested)
        {
            throw new OrleansException($"Error from storage {storage.GetType().Name} during {what} of {name} of {activation.GrainId}: {exception.Message}", exception);
        }
    }

    private Task Queue(Func<CancellationToken, Task> operation, CancellationToken cancellationToken, bool isWrite)
    {
        RuntimeContext.Require();
        _waitingWrite = null;
        if (_last.IsCompleted)
        {
            return _last = operation(cancellationToken);
        }

        var number = ++_operations;
        var queued = RunAfterAsync(_last, number, operation, cancellationToken);
        if (isWrite && !cancellationToken.CanBeCanceled)
        {
            _waitingWrite = (number, queued);
        }

        return _last = queued;
    }

    private async Task RunAfterAsync(Task previous, long number, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        // The earlier operation's error belongs to its own caller.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_waitingWrite?.Number == number)
        {
            _waitingWrite = null;
        }

        await operation(cancellationToken);
    }
}
