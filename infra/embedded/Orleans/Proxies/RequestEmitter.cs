using System.Reflection;
using System.Reflection.Emit;

namespace SmartCity.Embedded.Grains;

/// <summary>Generates the request type of one method: a field per argument, and the call of the method with them.</summary>
internal sealed class RequestEmitter
{
    private const MethodAttributes Overriding = MethodAttributes.Virtual | MethodAttributes.HideBySig;

    private readonly MethodShape _shape;
    private readonly TypeBuilder _type;
    private readonly Type _base;
    private readonly FieldBuilder _method;
    private readonly FieldBuilder[] _arguments;

    public RequestEmitter(ModuleBuilder module, MethodShape shape, string name)
    {
        _shape = shape;
        _base = shape.Result is null ? typeof(VoidRequest) : typeof(TypedRequest<>).MakeGenericType(shape.Result);
        _type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, _base);
        _method = _type.DefineField("Info", typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        _arguments = [.. shape.ParameterTypes.Select((type, index) => _type.DefineField("Argument" + index, type, FieldAttributes.Public))];
    }

    public Type Emit()
    {
        var info = new GrainMethod(_shape.Method, _shape.Interface);
        EmitConstructor(info);
        EmitInvoke();
        EmitClear();
        EmitReturnToPool();
        EmitGetArgument();
        EmitSetArgument();
        Emit("get_" + nameof(GrainRequest.Method), il => il.Emit(OpCodes.Ldsfld, _method));
        Emit(nameof(GrainRequest.GetArgumentCount), il => il.Emit(OpCodes.Ldc_I4, _arguments.Length));
        if (Array.FindIndex(_shape.ParameterTypes, static type => type == typeof(CancellationToken)) is >= 0 and var token)
        {
            Emit("get_Cancellation", il => LoadArgument(il, token));
        }

        var type = _type.CreateType();
        type.GetField("Info")!.SetValue(null, info);
        return type;
    }

    private void EmitConstructor(GrainMethod info)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var il = _type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, null).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, _base.GetConstructor(Any, [])!);
        EmitSetTrue(il, nameof(GrainRequest.AlwaysInterleave), info.AlwaysInterleave);
        EmitSetTrue(il, nameof(GrainRequest.ReadOnly), info.ReadOnly);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitSetTrue(ILGenerator il, string property, bool wanted)
    {
        if (wanted)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Call, typeof(GrainRequest).GetProperty(property)!.GetSetMethod(nonPublic: true)!);
        }
    }

    private void EmitInvoke() => Emit("Invoke", il =>
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, _shape.Method.DeclaringType!);
        for (var index = 0; index < _arguments.Length; index++)
        {
            LoadArgument(il, index);
        }

        il.Emit(OpCodes.Callvirt, _shape.Method);
        if (_shape.IsVoid)
        {
            il.Emit(OpCodes.Call, typeof(ValueTask).GetProperty(nameof(ValueTask.CompletedTask))!.GetMethod!);
        }
        else if (!_shape.IsValueTask)
        {
            var result = _shape.Result is null ? typeof(ValueTask) : typeof(ValueTask<>).MakeGenericType(_shape.Result);
            il.Emit(OpCodes.Newobj, result.GetConstructor([_shape.Method.ReturnType])!);
        }
    });

    private void EmitClear() => Emit("ClearArguments", il =>
    {
        foreach (var argument in _arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldflda, argument);
            il.Emit(OpCodes.Initobj, argument.FieldType);
        }
    });

    private void EmitReturnToPool() => Emit("ReturnToPool", il =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, TypeBuilder.GetMethod(typeof(RequestPool<>).MakeGenericType(_type), typeof(RequestPool<>).GetMethod("Return")!));
    });

    private void EmitGetArgument() => EmitByIndex(nameof(GrainRequest.GetArgument), (il, index) =>
    {
        LoadArgument(il, index);
        il.Emit(OpCodes.Box, _arguments[index].FieldType);
    });

    private void EmitSetArgument() => EmitByIndex(nameof(GrainRequest.SetArgument), (il, index) =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Unbox_Any, _arguments[index].FieldType);
        il.Emit(OpCodes.Stfld, _arguments[index]);
    });

    // switch (index) { case 0: …; return; … default: return base.Method(index, …); }
    private void EmitByIndex(string name, Action<ILGenerator, int> emitCase)
    {
        var overridden = Find(name);
        Emit(name, il =>
        {
            var labels = _arguments.Select(_ => il.DefineLabel()).ToArray();
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Switch, labels);
            for (var index = 0; index <= overridden.GetParameters().Length; index++)
            {
                il.Emit(OpCodes.Ldarg, (short)index);
            }

            il.Emit(OpCodes.Call, overridden);
            il.Emit(OpCodes.Ret);
            for (var index = 0; index < labels.Length; index++)
            {
                il.MarkLabel(labels[index]);
                emitCase(il, index);
                il.Emit(OpCodes.Ret);
            }
        }, withReturn: false);
    }

    private void LoadArgument(ILGenerator il, int index)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, _arguments[index]);
    }

    private void Emit(string name, Action<ILGenerator> body, bool withReturn = true)
    {
        var overridden = Find(name);
        var access = overridden.Attributes & MethodAttributes.MemberAccessMask;
        var method = _type.DefineMethod(
            name, access | Overriding, overridden.ReturnType, [.. overridden.GetParameters().Select(static p => p.ParameterType)]);
        var il = method.GetILGenerator();
        body(il);
        if (withReturn)
        {
            il.Emit(OpCodes.Ret);
        }
    }

    private MethodInfo Find(string name) => _base.GetMethod(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
}
