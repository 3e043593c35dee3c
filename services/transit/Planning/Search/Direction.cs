namespace SmartCity.Transit.Planning.Search;

/// <summary>
/// Forward searches the earliest arrival. Backward searches the latest departure, by the same code on a mirrored clock: times are negated,
/// trips are run from their last stop, and one boards where a rider alights. "Mirrored" times are those of the search's own clock.
/// </summary>
internal interface IDirection
{
    static abstract bool Forward { get; }
}

internal readonly struct Forward : IDirection
{
    static bool IDirection.Forward => true;
}

internal readonly struct Backward : IDirection
{
    static bool IDirection.Forward => false;
}
