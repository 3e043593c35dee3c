namespace Orleans.Concurrency;

/// <summary>Wraps a value that neither side will change, so that it is passed without a copy.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value = value;
}

/// <summary>Makes <see cref="Immutable{T}"/> values.</summary>
public static class ImmutableExtensions
{
    /// <summary>Wraps <paramref name="value"/>, which neither side may change afterwards.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
