using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SmartCity.Embedded.Grains;

/// <summary>A call with the caller's promise: a task, a value task, or none.</summary>
internal abstract class GrainRequest<TResult> : GrainRequest, IValueTaskSource<TResult>, IValueTaskSource
{
    private AsyncTaskMethodBuilder<TResult> _task;
    private ManualResetValueTaskSourceCore<TResult> _source = new() { RunContinuationsAsynchronously = true };
    private Promise _promise;
    private CancellationTokenRegistration _cancellation;
    private bool _reusable;

    private enum Promise
    {
        None,
        Task,
        ValueTask,
    }

    public Task<TResult> BeginTask(GrainReference reference)
    {
        Prepare(reference, expires: true);
        _promise = Promise.Task;
        _task = AsyncTaskMethodBuilder<TResult>.Create();
        var task = _task.Task;
        WatchCancellation(reference);
        return task;
    }

    public short BeginValueTask(GrainReference reference)
    {
        Prepare(reference, expires: true);
        _promise = Promise.ValueTask;
        var version = _source.Version;
        WatchCancellation(reference);
        return version;
    }

    public void BeginOneWay(GrainReference reference)
    {
        Prepare(reference, expires: false);
        _promise = Promise.None;
    }

    public override void FailAbandoned(Exception exception)
    {
        _reusable = false;
        _cancellation.Unregister();
        switch (_promise)
        {
            case Promise.Task:
                // What the caller does next must not run on the thread of a timer or of whoever cancelled.
                ThreadPool.UnsafeQueueUserWorkItem(
                    static failure => failure.Task.SetException(failure.Exception), (Task: _task, Exception: exception), preferLocal: false);
                break;
            case Promise.ValueTask:
                _source.SetException(exception);
                break;
        }
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        var result = _source.GetResult(token);
        if (_reusable)
        {
            Recycle();
        }

        return result;
    }

    void IValueTaskSource.GetResult(short token) => ((IValueTaskSource<TResult>)this).GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _source.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Ends the call at the grain, then answers the caller. The request must not be touched afterwards.</summary>
    protected void Complete(TResult result)
    {
        Activation!.Finish(this);
        if (IsTimer)
        {
            TickFinished();
            return;
        }

        if (!TryAbandon())
        {
            return;
        }

        // A cancellation that is being told right now still holds this request, so it is not used again.
        _reusable = _cancellation == default || _cancellation.Unregister();
        if (_promise == Promise.ValueTask)
        {
            _source.SetResult(result);
            return;
        }

        var (promise, task) = (_promise, _task);
        if (_reusable)
        {
            Recycle();
        }

        if (promise == Promise.Task)
        {
            task.SetResult(result);
        }
    }

    /// <summary>Ends the call at the grain with an error, then tells the caller.</summary>
    protected void CompleteFaulted(Exception exception)
    {
        var activation = Activation!;
        activation.Finish(this);
        if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            inconsistent.IsSourceActivation = false;
            activation.Silo.Log.DeactivatedInconsistent(activation.GrainId, exception);
            activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The stored state changed since it was read."));
        }

        if (_promise == Promise.None)
        {
            activation.Silo.Log.UnobservedFailure(Describe(), exception);
        }

        if (IsTimer)
        {
            TickFinished();
            return;
        }

        Fail(exception);
    }

    /// <summary>Ends the tick of a timer, which may start its next one at once.</summary>
    protected virtual void TickFinished()
    {
    }

    /// <summary>Gives the cleared request back.</summary>
    protected abstract void ReturnToPool();

    private void WatchCancellation(GrainReference reference)
    {
        var token = Cancellation;
        if (token.CanBeCanceled && !reference.Silo.WaitsForCancellation)
        {
            _cancellation = token.UnsafeRegister(
                static (request, token) => ((GrainRequest)request!).Fail(new OperationCanceledException(token)), this);
        }
    }

    private void Recycle()
    {
        _task = default;
        _cancellation = default;
        _source.Reset();
        Clear();
        ReturnToPool();
    }
}
