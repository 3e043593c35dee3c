using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;

namespace SmartCity.Embedded.Grains;

/// <summary>Copies objects by their real type, with code that is generated once per type.</summary>
internal static class ObjectCopier
{
    private static readonly ConcurrentDictionary<Type, Func<object, CopyContext, object>> Copiers = new();

    private static readonly Func<object, object> ShallowClone = typeof(object)
        .GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private static readonly MethodInfo CopyBoxedMethod = typeof(ObjectCopier).GetMethod(nameof(CopyBoxed), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static object Copy(object value, CopyContext context)
    {
        var type = value.GetType();
        if (Shareable.IsExact(type))
        {
            return value;
        }

        return context.Find(value) ?? Copiers.GetOrAdd(type, Build)(value, context);
    }

    private static Func<object, CopyContext, object> Build(Type type)
    {
        if (Uncopyable.Is(type))
        {
            throw Uncopyable.Error(type);
        }

        if (type.IsValueType)
        {
            return CopyBoxedMethod.MakeGenericMethod(type).CreateDelegate<Func<object, CopyContext, object>>();
        }

        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return static (value, _) => ((JsonNode)value).DeepClone();
        }

        return type.IsArray ? ArrayCopier.Build(type) : CollectionCopier.TryBuild(type) ?? BuildByFields(type);
    }

    private static Func<object, CopyContext, object> BuildByFields(Type type)
    {
        var copyFields = EmitCopyFields(type, Fields.ToCopy(type));
        return (value, context) =>
        {
            var copy = ShallowClone(value);
            context.Add(value, copy);
            copyFields(value, copy, context);
            return copy;
        };
    }

    private static Action<object, object, CopyContext> EmitCopyFields(Type type, FieldInfo[] fields)
    {
        var method = new DynamicMethod("Copy_" + type.Name, null, [typeof(object), typeof(object), typeof(CopyContext)], typeof(ObjectCopier).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Castclass, field.DeclaringType!);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Castclass, field.DeclaringType!);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Call, StructCopier.CopyMethodOf(field.FieldType));
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object, object, CopyContext>>();
    }

    private static object CopyBoxed<T>(object value, CopyContext context) => Copier<T>.Copy((T)value, context)!;
}
