using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// One call on its way to a grain. Requests are reused: whoever wins <see cref="TryAbandon"/> (the grain's result, a
/// timeout, a cancellation or a stopping host) answers the caller, and only a request answered by the grain is reused.
/// </summary>
internal abstract class GrainRequest : IInvokable
{
    private int _answered;

    public GrainRequest? Previous { get; set; }

    public GrainRequest? Next { get; set; }

    /// <summary>The timestamp after which the caller gives up.</summary>
    public long Deadline { get; protected set; }

    /// <summary>The caller's request context.</summary>
    public Dictionary<string, object>? Context { get; private set; }

    public bool AlwaysInterleave { get; protected init; }

    /// <summary>Whether it may run beside others that only read.</summary>
    public bool ReadOnly { get; protected init; }

    /// <summary>When it began to run, by the coarse clock.</summary>
    public long StartedAt { get; set; }

    public bool KeepsAlive { get; protected init; } = true;

    public bool IsTimer { get; protected init; }

    public Guid ReentrancyId => RequestContext.ReentrancyIdOf(Context);

    /// <summary>Whether somebody has answered the caller already.</summary>
    public bool IsAbandoned => Volatile.Read(ref _answered) != 0;

    public abstract GrainMethod Method { get; }

    /// <summary>Where the call goes.</summary>
    protected GrainReference? Reference { get; private set; }

    /// <summary>Where the call runs.</summary>
    protected Activation? Activation { get; set; }

    /// <summary>The token among the arguments; none when the method has none.</summary>
    protected virtual CancellationToken Cancellation => CancellationToken.None;

    /// <summary>Takes the right to answer the caller.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref _answered, 1, 0) == 0;

    /// <summary>Runs the first turn of the call.</summary>
    public abstract void Start(Activation activation, object instance);

    /// <summary>Answers with an error after <see cref="TryAbandon"/> succeeded.</summary>
    public abstract void FailAbandoned(Exception exception);

    /// <summary>Answers with an error, unless somebody has answered.</summary>
    public void Fail(Exception exception)
    {
        if (TryAbandon())
        {
            FailAbandoned(exception);
        }
    }

    public virtual string Describe() => $"{Reference?.GrainId}.{Method.Name}";

    /// <summary>A request for the same call with copies of its arguments, when this one was not sent.</summary>
    public GrainRequest Clone()
    {
        var clone = (GrainRequest)MemberwiseClone();
        var parameters = Method.Method.GetParameters();
        for (var index = 0; index < parameters.Length; index++)
        {
            if (GetArgument(index) is { } argument && !parameters[index].IsDefined(typeof(ImmutableAttribute), inherit: false))
            {
                clone.SetArgument(index, Copier.Copy(argument));
            }
        }

        return clone;
    }

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public object? GetTarget() => Activation?.GrainInstance;

    public string GetMethodName() => Method.Method.Name;

    public string GetInterfaceName() => Method.Interface.FullName ?? Method.Interface.Name;

    public string GetActivityName() => Method.Name;

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.Interface;

    protected void Prepare(GrainReference reference, bool expires)
    {
        Reference = reference;
        Context = RequestContext.Values is { } values ? Copier.Copy(values) : null;
        Deadline = expires ? reference.Silo.DeadlineOf(Method) : long.MaxValue;
    }

    protected void Clear()
    {
        Reference = null;
        Activation = null;
        Context = null;
        ClearArguments();
        Reopen();
    }

    protected void Reopen() => Volatile.Write(ref _answered, 0);

    /// <summary>Lets go of the arguments.</summary>
    protected virtual void ClearArguments()
    {
    }
}
