using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The assemblies of the process that can hold grain classes, and the naming rule of those classes.</summary>
internal static class GrainAssemblies
{
    private static readonly string Own = typeof(GrainAssemblies).Assembly.GetName().Name!;

    /// <summary>Loaded assemblies and what they refer to, as far as they refer to this library.</summary>
    public static List<Assembly> Find()
    {
        var known = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(static a => !a.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            if (!known.TryAdd(assembly.FullName!, assembly))
            {
                continue;
            }

            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (!IsFramework(reference.Name!) && !known.ContainsKey(reference.FullName) && TryLoad(reference) is { } loaded)
                {
                    open.Enqueue(loaded);
                }
            }
        }

        // In a fixed order, so that the names of classes do not depend on the order of loading.
        return [.. known.Values.Where(RefersToThis).OrderBy(static a => a.FullName, StringComparer.Ordinal)];
    }

    public static IEnumerable<Type> GrainClassesOf(Assembly assembly) => assembly.GetTypes()
        .Where(static t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
            && typeof(IGrainBase).IsAssignableFrom(t)
            && t.GetInterfaces().Any(static i => i != typeof(IGrain) && typeof(IGrain).IsAssignableFrom(i)))
        .OrderBy(static t => t.FullName, StringComparer.Ordinal);

    /// <summary>Upstream's rule: the attribute, or the class name in lower case without "grain" at its end.</summary>
    public static GrainType GrainTypeOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } attribute)
        {
            return attribute.GetGrainType(EmptyServices.Instance, type);
        }

        var name = type.Name.ToLowerInvariant();
        const string Suffix = "grain";
        return GrainType.Create(name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name);
    }

    private static bool RefersToThis(Assembly assembly) =>
        Array.Exists(assembly.GetReferencedAssemblies(), static r => string.Equals(r.Name, Own, StringComparison.Ordinal));

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "System" or "mscorlib" or "netstandard" or "WindowsBase";

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference that is not deployed can hold no grain that could be called.
            return null;
        }
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
