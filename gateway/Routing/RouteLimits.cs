namespace SmartCity.Gateway.Routing;

/// <summary>What a route takes and how long its answer may take.</summary>
/// <param name="MaximumRequestBytes">Of the body.</param>
/// <param name="Timeout">For a whole answer; streams are not cut.</param>
internal sealed record RouteLimits(long MaximumRequestBytes, TimeSpan Timeout);
