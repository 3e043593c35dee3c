using System.Reflection;
using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>Objects that stand for something outside of themselves, so that a copy would mean nothing.</summary>
internal static class Uncopyable
{
    private static readonly Type[] Kinds =
    [
        typeof(Delegate), typeof(Pointer), typeof(Task), typeof(Stream), typeof(Thread), typeof(WaitHandle), typeof(Timer),
        typeof(CancellationTokenSource), typeof(TextReader), typeof(TextWriter), typeof(IServiceProvider), typeof(IGrainBase), typeof(IntPtr),
        typeof(UIntPtr), typeof(IGrainObserver),
    ];

    public static bool Is(Type type) => type.IsPointer || Array.Exists(Kinds, kind => kind.IsAssignableFrom(type));

    public static NotSupportedException Error(Type type) => typeof(IGrainBase).IsAssignableFrom(type)
        ? new($"A grain itself ({type}) cannot be passed within a call: pass this.AsReference<TInterface>().")
        : typeof(IGrainObserver).IsAssignableFrom(type)
        ? new($"An observer itself ({type}) cannot be passed within a call: pass what IGrainFactory.CreateObjectReference returns.")
        : new($"A value of type {type} cannot be passed to or from a grain.");
}
