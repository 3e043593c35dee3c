namespace SmartCity.Contracts.Views;

/// <summary>How long some deliveries took, from the issue of their message to the moment they were settled. Pure.</summary>
/// <param name="FirstMilliseconds">The first one.</param>
/// <param name="P50Milliseconds">Until half of them.</param>
/// <param name="P99Milliseconds">Until 99 of 100.</param>
/// <param name="LastMilliseconds">The last one.</param>
public sealed record DeliveryTimes(double FirstMilliseconds, double P50Milliseconds, double P99Milliseconds, double LastMilliseconds)
{
    /// <param name="milliseconds">In any order.</param>
    /// <returns>Null where nothing was delivered: there is then nothing to say.</returns>
    public static DeliveryTimes? Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? null : new(sorted[0], At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);
    }

    /// <summary>The nearest rank: of 100 that arrived the 50th and the 99th, so always a time that was measured.</summary>
    /// <param name="count">How many there are, at least one.</param>
    /// <param name="share">More than 0, at most 1.</param>
    /// <returns>The index in ascending order, from 0.</returns>
    public static int IndexOf(int count, double share) => Math.Clamp((int)Math.Ceiling(count * share) - 1, 0, count - 1);

    private static double At(double[] sorted, double share) => sorted[IndexOf(sorted.Length, share)];
}
