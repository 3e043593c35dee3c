using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// Copies arguments and results, so that caller and grain never share an object that can change. Values that cannot
/// change are shared (see <see cref="Shareable"/>); references within one value stay references, cycles too.
/// </summary>
internal static class Copier
{
    public static T Copy<T>(T value)
    {
        if (Copier<T>.IsShareable || value is null)
        {
            return value;
        }

        if (typeof(T).IsInterface && value is IGrainBase and IAddressable grain)
        {
            return (T)grain.AsReference(typeof(T));
        }

        var context = CopyContext.Rent();
        try
        {
            return Copier<T>.Copy(value, context);
        }
        finally
        {
            context.Return();
        }
    }
}

/// <summary>Copies values of one static type.</summary>
internal static class Copier<T>
{
    /// <summary>Whether every value of the type may be shared.</summary>
    public static readonly bool IsShareable = Shareable.Always(typeof(T));

    private static readonly Func<T, CopyContext, T>? CopyStruct = typeof(T).IsValueType && !IsShareable ? StructCopier.Build<T>() : null;

    public static T Copy(T value, CopyContext context)
    {
        if (IsShareable || value is null)
        {
            return value;
        }

        return CopyStruct is not null ? CopyStruct(value, context) : (T)ObjectCopier.Copy(value, context);
    }
}
