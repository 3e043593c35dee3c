namespace SmartCity.Transit.Gtfs.Model;

/// <summary>fare_attributes.txt and fare_rules.txt.</summary>
public sealed record GtfsFares(IReadOnlyList<GtfsFare> Attributes, IReadOnlyList<GtfsFareRule> Rules);

/// <summary>fare_attributes.txt.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Transfers">How many are allowed; null for any number.</param>
public sealed record GtfsFare(string Id, decimal Price, string Currency, bool IsPaidBeforeBoarding, int? Transfers, int Agency, int? TransferSeconds);

/// <summary>fare_rules.txt; kept small, since some feeds have one row for every pair of stops.</summary>
/// <param name="Fare">Index into <see cref="GtfsFares.Attributes"/>.</param>
/// <param name="Route">Index into the feed's routes, or -1 for all.</param>
/// <param name="OriginZone"><c>zone_id</c>, or null for all.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct GtfsFareRule(int Fare, int Route, string? OriginZone, string? DestinationZone, string? ContainsZone);
