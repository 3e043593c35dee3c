using System.Reflection;

namespace SmartCity.Embedded.Grains;

/// <summary>The assemblies whose types the proxy of an interface names.</summary>
internal static class AccessedAssemblies
{
    public static IEnumerable<string> Of(Type interfaceType)
    {
        var assemblies = new HashSet<Assembly> { typeof(AccessedAssemblies).Assembly };
        foreach (var type in interfaceType.GetInterfaces().Prepend(interfaceType))
        {
            Add(assemblies, type);
            foreach (var method in type.GetMethods())
            {
                Add(assemblies, method.ReturnType);
                foreach (var parameter in method.GetParameters())
                {
                    Add(assemblies, parameter.ParameterType);
                }
            }
        }

        return assemblies.Select(static assembly => assembly.GetName().Name!);
    }

    private static void Add(HashSet<Assembly> assemblies, Type type)
    {
        assemblies.Add(type.Assembly);
        if (type.HasElementType)
        {
            Add(assemblies, type.GetElementType()!);
        }

        foreach (var argument in type.GetGenericArguments())
        {
            Add(assemblies, argument);
        }
    }
}
