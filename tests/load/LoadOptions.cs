namespace SmartCity.Load;

/// <summary>What every benchmark is told.</summary>
/// <param name="Seconds">How long each figure is measured, after its warm-up.</param>
/// <param name="Rounds">How often; the median counts.</param>
/// <param name="Peers">Whether other brokers are measured in the same run.</param>
/// <param name="Only">The part to run, or null for all.</param>
internal sealed record LoadOptions(int Seconds, int Rounds, bool Peers, string? Only)
{
    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Min(Seconds, 2));

    public bool Wants(string part) => Only is null || string.Equals(Only, part, StringComparison.OrdinalIgnoreCase);
}
