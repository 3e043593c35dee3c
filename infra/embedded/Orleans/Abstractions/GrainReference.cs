using SmartCity.Embedded.Grains;

namespace Orleans.Runtime;

/// <summary>Names a grain and sends calls to it. It may be kept, compared, and passed as an argument.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private CallTarget? _target;

    internal GrainReference(Silo silo, GrainId grainId, Type interfaceType)
    {
        Silo = silo;
        GrainId = grainId;
        Interface = interfaceType;
    }

    /// <summary>The grain's id.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface of the reference.</summary>
    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    /// <summary>The full name of the interface of the reference.</summary>
    public virtual string InterfaceName => Interface.FullName ?? Interface.Name;

    internal Silo Silo { get; }

    internal Type Interface { get; }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    // The methods of generated proxies end in one of these.
    internal Task SendForTask<TResult>(GrainRequest<TResult> request) => SendForTaskOf(request);

    internal Task<TResult> SendForTaskOf<TResult>(GrainRequest<TResult> request) =>
        Silo.HasOutgoingFilters ? OutgoingCall<TResult>.SendAsync(this, request, oneWay: false) : SendPastFilters(request);

    internal Task<TResult> SendPastFilters<TResult>(GrainRequest<TResult> request)
    {
        var task = request.BeginTask(this);
        Silo.Send(ref _target, GrainId, request);
        return task;
    }

    internal ValueTask SendForValueTask<TResult>(GrainRequest<TResult> request)
    {
        if (Silo.HasOutgoingFilters)
        {
            return new ValueTask(OutgoingCall<TResult>.SendAsync(this, request, oneWay: false));
        }

        var version = request.BeginValueTask(this);
        Silo.Send(ref _target, GrainId, request);
        return new ValueTask(request, version);
    }

    internal ValueTask<TResult> SendForValueTaskOf<TResult>(GrainRequest<TResult> request)
    {
        if (Silo.HasOutgoingFilters)
        {
            return new ValueTask<TResult>(OutgoingCall<TResult>.SendAsync(this, request, oneWay: false));
        }

        var version = request.BeginValueTask(this);
        Silo.Send(ref _target, GrainId, request);
        return new ValueTask<TResult>(request, version);
    }

    internal Task SendOneWay<TResult>(GrainRequest<TResult> request) =>
        Silo.HasOutgoingFilters ? OutgoingCall<TResult>.SendAsync(this, request, oneWay: true) : SendPastFiltersOneWay(request);

    internal Task SendPastFiltersOneWay<TResult>(GrainRequest<TResult> request)
    {
        request.BeginOneWay(this);
        Silo.Send(ref _target, GrainId, request);
        return Task.CompletedTask;
    }
}
