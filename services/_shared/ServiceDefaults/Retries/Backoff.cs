namespace SmartCity.ServiceDefaults.Retries;

/// <summary>How long to wait before trying again: twice as long each time, a quarter more or less by chance, and never longer than a bound.</summary>
/// <param name="Base">The pause after the first failure is about twice this.</param>
/// <param name="Longest">No pause is longer.</param>
public sealed record Backoff(TimeSpan Base, TimeSpan Longest)
{
    private const int MostDoublings = 10;

    /// <param name="failures">Failures in a row, from 1.</param>
    public TimeSpan After(int failures)
    {
        // By chance, so that those who failed together do not come back together.
        var pause = Base * (Math.Pow(2, Math.Min(failures, MostDoublings)) * (0.75 + (Random.Shared.NextDouble() / 2)));
        return pause < Longest ? pause : Longest;
    }
}
