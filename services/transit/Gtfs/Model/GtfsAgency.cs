namespace SmartCity.Transit.Gtfs.Model;

/// <summary>agency.txt.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record GtfsAgency(string Id, string Name, string Url, string TimeZone, string? Language, string? Telephone, string? FareUrl, string? Email);

/// <summary>feed_info.txt.</summary>
/// <param name="DefaultLanguage">Language of texts when the rider's is unknown.</param>
public sealed record GtfsFeedInfo(
    string PublisherName, string PublisherUrl, string Language, string? DefaultLanguage, DateOnly? Start, DateOnly? End, string? Version, string? ContactEmail, string? ContactUrl);

/// <summary>attributions.txt.</summary>
public sealed record GtfsAttribution(string OrganizationName, bool IsProducer, bool IsOperator, bool IsAuthority, string? Url, string? Email, string? Telephone);
