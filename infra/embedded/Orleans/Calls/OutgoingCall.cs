using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// A call on its way through the filters of callers. What the filters see is never sent itself: each sending takes a
/// copy, so that a filter may look at it afterwards, or send again.
/// </summary>
internal sealed class OutgoingCall<TResult>(GrainReference reference, GrainRequest<TResult> request, bool oneWay) : IOutgoingGrainCallContext
{
    private int _next;

    public IInvokable Request => request;

    public object Grain => reference;

    public GrainId TargetId => reference.GrainId;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public object? Result { get; set; }

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    public static async Task<TResult> SendAsync(GrainReference reference, GrainRequest<TResult> request, bool oneWay)
    {
        var call = new OutgoingCall<TResult>(reference, request, oneWay);
        await call.Invoke();
        if (typeof(TResult) == typeof(Nothing))
        {
            return default!;
        }

        return call.Result is null ? default! : (TResult)call.Result;
    }

    public async Task Invoke()
    {
        var filters = reference.Silo.OutgoingFilters;
        if (_next < filters.Length)
        {
            var index = _next++;
            try
            {
                await filters[index].Invoke(this);
            }
            finally
            {
                // Whoever invokes again goes through the rest again.
                _next = index;
            }
        }
        else if (oneWay)
        {
            await reference.SendPastFiltersOneWay((GrainRequest<TResult>)request.Clone());
        }
        else
        {
            var result = await reference.SendPastFilters((GrainRequest<TResult>)request.Clone());
            Result = result is Nothing ? null : result;
        }
    }
}
