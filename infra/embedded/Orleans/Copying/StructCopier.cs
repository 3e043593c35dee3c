using System.Buffers;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;

namespace SmartCity.Embedded.Grains;

/// <summary>Copies structs field by field; those that point into shared memory get memory of their own.</summary>
internal static class StructCopier
{
    private static readonly Dictionary<Type, string> Special = new()
    {
        [typeof(Memory<>)] = nameof(CopyMemory),
        [typeof(ReadOnlyMemory<>)] = nameof(CopyReadOnlyMemory),
        [typeof(ReadOnlySequence<>)] = nameof(CopySequence),
    };

    public static MethodInfo CopyMethodOf(Type type) => typeof(Copier<>).MakeGenericType(type).GetMethod(nameof(Copier<int>.Copy))!;

    public static Func<T, CopyContext, T> Build<T>()
    {
        var type = typeof(T);
        if (Uncopyable.Is(type))
        {
            return static (_, _) => throw Uncopyable.Error(typeof(T));
        }

        if (type == typeof(JsonElement))
        {
            return (Func<T, CopyContext, T>)(object)new Func<JsonElement, CopyContext, JsonElement>(
                static (element, _) => element.ValueKind == JsonValueKind.Undefined ? element : element.Clone());
        }

        if (type.IsGenericType && Special.TryGetValue(type.GetGenericTypeDefinition(), out var name))
        {
            return typeof(StructCopier).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<T, CopyContext, T>>();
        }

        return EmitCopyFields<T>();
    }

    private static Func<T, CopyContext, T> EmitCopyFields<T>()
    {
        var method = new DynamicMethod("Copy_" + typeof(T).Name, typeof(T), [typeof(T), typeof(CopyContext)], typeof(StructCopier).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        foreach (var field in Fields.ToCopy(typeof(T)))
        {
            il.Emit(OpCodes.Ldarga_S, (byte)0);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, CopyMethodOf(field.FieldType));
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T, CopyContext, T>>();
    }

    private static Memory<T> CopyMemory<T>(Memory<T> memory, CopyContext context) => CopyAll(memory.Span, context);

    private static ReadOnlyMemory<T> CopyReadOnlyMemory<T>(ReadOnlyMemory<T> memory, CopyContext context) => CopyAll(memory.Span, context);

    private static ReadOnlySequence<T> CopySequence<T>(ReadOnlySequence<T> sequence, CopyContext context) => new(CopyAll<T>(sequence.ToArray(), context));

    private static T[] CopyAll<T>(ReadOnlySpan<T> items, CopyContext context)
    {
        var copy = items.ToArray();
        if (!Copier<T>.IsShareable)
        {
            for (var index = 0; index < copy.Length; index++)
            {
                copy[index] = Copier<T>.Copy(copy[index], context);
            }
        }

        return copy;
    }
}
