#pragma warning disable CA2012 // The value task is consumed once: at once, or by its only continuation.
using System.Runtime.CompilerServices;

namespace SmartCity.Embedded.Grains;

/// <summary>A call of a method that returns a value.</summary>
internal abstract class TypedRequest<TResult> : GrainRequest<TResult>
{
    private ValueTaskAwaiter<TResult> _awaiter;
    private Action? _resume;

    public override void Start(Activation activation, object instance)
    {
        Activation = activation;
        TResult result;
        try
        {
            var awaiter = IncomingCall.IsFiltered(activation)
                ? new ValueTask<TResult>(InvokeFilteredAsync(activation, instance)).GetAwaiter()
                : Invoke(instance).GetAwaiter();
            if (!awaiter.IsCompleted)
            {
                // The awaiter captures the activation's scheduler: the result is taken and copied in a turn.
                _awaiter = awaiter;
                awaiter.UnsafeOnCompleted(_resume ??= Resume);
                return;
            }

            result = Isolate(awaiter.GetResult());
        }
        catch (Exception exception)
        {
            CompleteFaulted(exception);
            return;
        }

        Complete(result);
    }

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask<TResult> Invoke(object instance);

    private async Task<TResult> InvokeFilteredAsync(Activation activation, object instance)
    {
        var call = new IncomingCall(this, Method, activation, async () => await Invoke(instance));
        await call.Invoke();
        return call.Result is null ? default! : (TResult)call.Result;
    }

    private TResult Isolate(TResult result) => Method.ImmutableResult ? result : Copier.Copy(result);

    private void Resume()
    {
        TResult result;
        try
        {
            var awaiter = _awaiter;
            _awaiter = default;
            result = Isolate(awaiter.GetResult());
        }
        catch (Exception exception)
        {
            CompleteFaulted(exception);
            return;
        }

        Complete(result);
    }
}
