namespace SmartCity.Contracts.Towns;

/// <summary>What the registry answers at <c>GET /internal/towns?after=V&amp;waitSeconds=S</c>.</summary>
/// <param name="Version">Pass as <c>after</c> next time.</param>
/// <param name="Towns">Towns that came or changed after V, whole; every town when V is 0.</param>
/// <param name="Removed">Codes of towns that went after V.</param>
public sealed record TownChanges(long Version, IReadOnlyList<Town> Towns, IReadOnlyList<string> Removed);
