#pragma warning disable CA2012 // The value task is consumed once: at once, or by its only continuation.
using System.Runtime.CompilerServices;

namespace SmartCity.Embedded.Grains;

/// <summary>The result of a method without one.</summary>
internal readonly struct Nothing;

/// <summary>A call of a method that returns no value.</summary>
internal abstract class VoidRequest : GrainRequest<Nothing>
{
    private ValueTaskAwaiter _awaiter;
    private Action? _resume;

    public override void Start(Activation activation, object instance)
    {
        Activation = activation;
        try
        {
            var awaiter = !IsTimer && IncomingCall.IsFiltered(activation)
                ? new ValueTask(InvokeFilteredAsync(activation, instance)).GetAwaiter()
                : Invoke(instance).GetAwaiter();
            if (!awaiter.IsCompleted)
            {
                // The awaiter captures the activation's scheduler: the call ends in a turn.
                _awaiter = awaiter;
                awaiter.UnsafeOnCompleted(_resume ??= Resume);
                return;
            }

            awaiter.GetResult();
        }
        catch (Exception exception)
        {
            CompleteFaulted(exception);
            return;
        }

        Complete(default);
    }

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask Invoke(object instance);

    private async Task InvokeFilteredAsync(Activation activation, object instance)
    {
        var call = new IncomingCall(this, Method, activation, async () =>
        {
            await Invoke(instance);
            return null;
        });
        await call.Invoke();
    }

    private void Resume()
    {
        try
        {
            var awaiter = _awaiter;
            _awaiter = default;
            awaiter.GetResult();
        }
        catch (Exception exception)
        {
            CompleteFaulted(exception);
            return;
        }

        Complete(default);
    }
}
