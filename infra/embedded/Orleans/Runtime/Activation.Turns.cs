using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The turns: one thread at a time takes what is ready, continuations before new requests.</summary>
internal sealed partial class Activation
{
    // After this many turns other activations get the thread.
    private const int TurnsPerSlice = 64;

    private static readonly Action<object?> Turns = static state => ((Activation)state!).RunTurns();

    private enum Step
    {
        None,
        Activate,
        Deactivate,
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Within a task of the scheduler every await captures the scheduler, so that its continuation is a turn too.
        RuntimeContext.Current = this;
        new Task(Turns, this, TaskCreationOptions.DenyChildAttach).RunSynchronously(_scheduler);
        RuntimeContext.Current = null;
    }

    /// <summary>Ends a running request; always called in a turn.</summary>
    public void Finish(GrainRequest request)
    {
        lock (_gate)
        {
            _running.Remove(request);
        }

        if (request.KeepsAlive)
        {
            _lastUsed = Silo.CoarseNow;
        }
    }

    private void RunTurns()
    {
        var clean = ExecutionContext.Capture()!;
        for (var turn = 0; turn < TurnsPerSlice; turn++)
        {
            GrainRequest? request = null;
            var step = Step.None;
            Task? continuation;
            lock (_gate)
            {
                if (!_continuations.TryDequeue(out continuation))
                {
                    step = NextStep();
                    if (step == Step.None)
                    {
                        request = _state == LifeState.Active ? TakeRequest() : null;
                        if (request is null)
                        {
                            _scheduled = false;
                            return;
                        }
                    }
                }
            }

            if (continuation is not null)
            {
                _scheduler.Run(continuation);
            }
            else
            {
                Begin(request, step);
                // A method that is not async leaves its AsyncLocal values on the thread: they end with the turn.
                ExecutionContext.Restore(clean);
            }
        }

        Schedule();
    }

    private void Begin(GrainRequest? request, Step step)
    {
        if (request is null)
        {
            // Both report their own errors, and their awaits come back here as turns.
            _ = step == Step.Activate ? ActivateAsync() : DeactivateAsync();
        }
        else if (request.IsAbandoned && Silo.DropsExpired)
        {
            Finish(request);
        }
        else
        {
            if (request.Context is { } values)
            {
                RequestContext.Values = values;
            }

            request.Start(this, GrainInstance!);
        }
    }

    private Step NextStep()
    {
        if (_state == LifeState.Created)
        {
            _state = LifeState.Activating;
            return Step.Activate;
        }

        if (_state == LifeState.Active && _deactivateAsked && _running.Count == 0)
        {
            _state = LifeState.Deactivating;
            return Step.Deactivate;
        }

        return Step.None;
    }
}
