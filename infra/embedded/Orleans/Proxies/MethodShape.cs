using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The signature of a grain method, checked, and what follows from it for the generated code.</summary>
internal sealed class MethodShape
{
    public MethodShape(MethodInfo method, Type grainInterface)
    {
        Method = method;
        Interface = grainInterface;
        Parameters = method.GetParameters();
        ParameterTypes = [.. Parameters.Select(static parameter => parameter.ParameterType)];
        var returns = method.ReturnType;
        IsVoid = returns == typeof(void) && typeof(IGrainObserver).IsAssignableFrom(grainInterface);
        IsOneWay = IsVoid || method.IsDefined(typeof(OneWayAttribute), inherit: false);
        var generic = returns.IsGenericType ? returns.GetGenericTypeDefinition() : null;
        IsValueTask = returns == typeof(ValueTask) || generic == typeof(ValueTask<>);
        Result = generic == typeof(Task<>) || generic == typeof(ValueTask<>) ? returns.GetGenericArguments()[0] : null;

        if (method.IsGenericMethodDefinition || ParameterTypes.Any(static type => type.IsByRef || type.IsPointer || type.IsByRefLike))
        {
            throw Unsupported("may not be generic, nor have ref, out, span or pointer parameters");
        }

        if (Result is null && !IsVoid && returns != typeof(Task) && returns != typeof(ValueTask))
        {
            throw Unsupported("must return Task, Task<T>, ValueTask or ValueTask<T>");
        }

        if (IsOneWay && Result is not null)
        {
            throw Unsupported("is marked [OneWay] and may not return a value");
        }
    }

    public MethodInfo Method { get; }

    public Type Interface { get; }

    public ParameterInfo[] Parameters { get; }

    public Type[] ParameterTypes { get; }

    public bool IsOneWay { get; }

    public bool IsValueTask { get; }

    /// <summary>Whether it returns nothing at all, as methods of observers may: it is one-way then.</summary>
    public bool IsVoid { get; }

    /// <summary>The type of the value; null when there is none.</summary>
    public Type? Result { get; }

    /// <summary>The method of <see cref="GrainReference"/> that sends the request and returns what the caller awaits.</summary>
    public MethodInfo SendMethod
    {
        get
        {
            var name = IsOneWay ? nameof(GrainReference.SendOneWay)
                : Result is null
                    ? IsValueTask ? nameof(GrainReference.SendForValueTask) : nameof(GrainReference.SendForTask)
                    : IsValueTask ? nameof(GrainReference.SendForValueTaskOf) : nameof(GrainReference.SendForTaskOf);
            return typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(Result ?? typeof(Nothing));
        }
    }

    private NotSupportedException Unsupported(string rule) =>
        new($"Grain method {Interface.FullName}.{Method.Name} {rule}.");
}
