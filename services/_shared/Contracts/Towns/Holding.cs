namespace SmartCity.Contracts.Towns;

/// <summary>What a service keeps of a municipality, answered at <c>GET /internal/holdings/{municipality}</c>.</summary>
/// <param name="Device">The device it belongs to, or null for the town as a whole.</param>
/// <param name="Count">How many.</param>
/// <param name="What">In the plural: <c>readings</c>, <c>alerts</c>.</param>
public sealed record Holding(string? Device, long Count, string What);
