using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// Generates the proxy of one grain interface: a <see cref="GrainReference"/> whose methods copy their arguments into a
/// reused request and send it.
/// </summary>
internal sealed class ProxyEmitter
{
    private const MethodAttributes Implementation =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;

    private static readonly MethodInfo CopyMethod = typeof(Copier).GetMethod(nameof(Copier.Copy))!;
    private static readonly ConstructorInfo BaseConstructor = typeof(GrainReference).GetConstructor(
        BindingFlags.Instance | BindingFlags.NonPublic, [typeof(Silo), typeof(GrainId), typeof(Type)])!;

    private readonly Type _interface;
    private readonly ModuleBuilder _module;

    public ProxyEmitter(Type interfaceType)
    {
        if (!interfaceType.IsVisible && interfaceType.IsNested && !interfaceType.IsNestedPublic && !interfaceType.IsNestedAssembly)
        {
            throw new ArgumentException($"Grain interface {interfaceType} must be public or internal.", nameof(interfaceType));
        }

        _interface = interfaceType;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("GrainProxies." + interfaceType.FullName), AssemblyBuilderAccess.Run);
        var attribute = typeof(IgnoresAccessChecksToAttribute).GetConstructors()[0];
        foreach (var name in AccessedAssemblies.Of(interfaceType))
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [name]));
        }

        _module = assembly.DefineDynamicModule("proxies");
    }

    public Type Emit()
    {
        var proxy = _module.DefineType("Proxy_" + _interface.Name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [_interface]);
        Type[] parameters = [typeof(Silo), typeof(GrainId), typeof(Type)];
        var il = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);

        var number = 0;
        foreach (var method in MethodsOf(_interface))
        {
            var shape = new MethodShape(method, _interface);
            var request = new RequestEmitter(_module, shape, $"Request{number++}_{method.Name}").Emit();
            EmitMethod(proxy, shape, request);
        }

        return proxy.CreateType();
    }

    private static IEnumerable<MethodInfo> MethodsOf(Type interfaceType) => interfaceType.GetInterfaces().Prepend(interfaceType)
        .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(static method => method.IsAbstract || (method.IsVirtual && !method.IsFinal));

    private static void EmitMethod(TypeBuilder proxy, MethodShape shape, Type request)
    {
        var method = proxy.DefineMethod(
            $"{shape.Method.DeclaringType!.FullName}.{shape.Method.Name}", Implementation, shape.Method.ReturnType, shape.ParameterTypes);
        var il = method.GetILGenerator();
        var local = il.DeclareLocal(request);
        il.Emit(OpCodes.Call, typeof(RequestPool<>).MakeGenericType(request).GetMethod("Rent")!);
        il.Emit(OpCodes.Stloc, local);
        for (var index = 0; index < shape.ParameterTypes.Length; index++)
        {
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Ldarg, (short)(index + 1));
            if (!shape.Parameters[index].IsDefined(typeof(ImmutableAttribute), inherit: false))
            {
                il.Emit(OpCodes.Call, CopyMethod.MakeGenericMethod(shape.ParameterTypes[index]));
            }

            il.Emit(OpCodes.Stfld, request.GetField("Argument" + index)!);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Call, shape.SendMethod);
        if (shape.IsVoid)
        {
            il.Emit(OpCodes.Pop);
        }
        else if (shape is { IsOneWay: true, IsValueTask: true })
        {
            il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        }

        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(method, shape.Method);
    }
}
