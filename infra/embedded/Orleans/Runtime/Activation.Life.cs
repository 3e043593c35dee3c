using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>The life: creation on the first call, reading of states, activation, idleness, and the end.</summary>
internal sealed partial class Activation
{
    private readonly List<IActivationState> _states = [];
    private readonly HashSet<GrainTimer> _timers = [];
    private LifeState _state;
    private bool _deactivateAsked;
    private DeactivationReason _reason;
    private CancellationToken _deactivateNow;
    private long _lastUsed;
    private long _keepUntil = long.MinValue;

    private enum LifeState
    {
        Created,
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    public void AddState(IActivationState state) => _states.Add(state);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool schedule;
        lock (_gate)
        {
            if (_deactivateAsked || _state >= LifeState.Deactivating)
            {
                return;
            }

            _deactivateAsked = true;
            _reason = deactivationReason;
            _deactivateNow = cancellationToken;
            schedule = !_scheduled;
            _scheduled = true;
        }

        if (schedule)
        {
            Schedule();
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan) => _keepUntil =
        timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan ? long.MaxValue
        : timeSpan <= TimeSpan.Zero ? long.MinValue
        : Silo.Time.GetTimestamp() + Silo.Ticks(timeSpan);

    /// <summary>Deactivates when the last use is at least <paramref name="age"/> timestamp units before <paramref name="now"/>.</summary>
    public void CollectIfIdle(long now, long age)
    {
        bool idle;
        lock (_gate)
        {
            idle = _state == LifeState.Active && Load == 0 && _continuations.Count == 0 && now - _lastUsed >= age && now >= _keepUntil;
        }

        if (idle)
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle."));
        }
    }

    private async Task ActivateAsync()
    {
        using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
        try
        {
            GrainInstance = Class.Create(this);
            foreach (var state in _states)
            {
                await state.LoadAsync(timeout.Token);
            }

            if (GrainInstance is IGrainBase grain)
            {
                await Within(grain.OnActivateAsync(timeout.Token), timeout.Token);
            }

            lock (_gate)
            {
                _state = LifeState.Active;
            }
        }
        catch (Exception exception)
        {
            var cause = exception is OperationCanceledException && timeout.IsCancellationRequested
                ? new TimeoutException($"Grain {GrainId} did not activate within {Silo.Collection.ActivationTimeout}.", exception)
                : exception;
            Silo.Log.ActivationFailed(GrainId, cause);
            await EndAsync(cause);
        }
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _deactivateNow);
        try
        {
            if (GrainInstance is IGrainBase grain)
            {
                await Within(grain.OnDeactivateAsync(_reason, either.Token), either.Token);
            }
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }

        await EndAsync(null);
    }

    private static Task Within(Task task, CancellationToken cancellationToken) =>
        task.IsCompleted ? task : task.WaitAsync(cancellationToken);

    private async Task EndAsync(Exception? failure)
    {
        StopTimers();
        await DisposeInstanceAsync();

        // Out of the directory first: a request refused below finds or makes the next activation.
        Silo.Remove(this);
        List<GrainRequest> left;
        lock (_gate)
        {
            _state = LifeState.Ended;
            left = _waiting.TakeAll();
        }

        if (failure is null)
        {
            Resend(left);
        }
        else
        {
            left.ForEach(request => request.Fail(failure));
        }

        _deactivated.TrySetResult();
    }

    private async Task DisposeInstanceAsync()
    {
        // An observer belongs to whoever made it.
        var instance = Class.IsObserver ? null : GrainInstance;
        GrainInstance = null;
        try
        {
            if (instance is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (instance as IDisposable)?.Dispose();
            }

            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            Silo.Log.DisposeFailed(GrainId, exception);
        }
    }
}
