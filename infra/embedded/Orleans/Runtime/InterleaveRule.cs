using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace SmartCity.Embedded.Grains;

/// <summary>Finds the method that [MayInterleave] names, by upstream's rules.</summary>
internal static class InterleaveRule
{
    public static Func<object, IInvokable, bool>? Of(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>()?.CallbackMethodName is not { } name)
        {
            return null;
        }

        var method = type.GetMethod(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
            ?? throw new InvalidOperationException($"Class {type.FullName} doesn't declare public method with name {name} specified in MayInterleave attribute");
        if (method.ReturnType != typeof(bool) || method.GetParameters() is not [{ } parameter] || parameter.ParameterType != typeof(IInvokable))
        {
            throw new InvalidOperationException(
                $"Wrong signature of callback method {name} specified in MayInterleave attribute for grain class {type.FullName}. Expected: public bool {name}(IInvokable req)");
        }

        var instance = Expression.Parameter(typeof(object));
        var request = Expression.Parameter(typeof(IInvokable));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, type), method, request);
        return Expression.Lambda<Func<object, IInvokable, bool>>(call, instance, request).Compile();
    }
}
