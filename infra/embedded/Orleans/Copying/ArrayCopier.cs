using System.Reflection;

namespace SmartCity.Embedded.Grains;

/// <summary>Copies arrays.</summary>
internal static class ArrayCopier
{
    public static Func<object, CopyContext, object> Build(Type type)
    {
        var element = type.GetElementType()!;
        var name = type.IsSZArray ? nameof(CopyVector) : nameof(CopyMatrix);
        return typeof(ArrayCopier).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(element).CreateDelegate<Func<object, CopyContext, object>>();
    }

    private static object CopyVector<T>(object value, CopyContext context)
    {
        var copy = (T[])((T[])value).Clone();
        context.Add(value, copy);
        if (!Copier<T>.IsShareable)
        {
            for (var index = 0; index < copy.Length; index++)
            {
                copy[index] = Copier<T>.Copy(copy[index], context);
            }
        }

        return copy;
    }

    private static object CopyMatrix<T>(object value, CopyContext context)
    {
        var copy = (Array)((Array)value).Clone();
        context.Add(value, copy);
        if (!Copier<T>.IsShareable)
        {
            var indices = new int[copy.Rank];
            for (var number = 0; number < copy.Length; number++)
            {
                var rest = number;
                for (var rank = copy.Rank - 1; rank >= 0; rank--)
                {
                    indices[rank] = copy.GetLowerBound(rank) + (rest % copy.GetLength(rank));
                    rest /= copy.GetLength(rank);
                }

                copy.SetValue(Copier<T>.Copy((T)copy.GetValue(indices)!, context), indices);
            }
        }

        return copy;
    }
}
