namespace SmartCity.Transit.Gtfs.Model;

/// <summary>The files of GTFS-JP (標準的なバス情報フォーマット), read as they come: agency_jp, office_jp, routes_jp and pattern_jp.</summary>
public sealed record GtfsJapan(
    IReadOnlyList<GtfsJapanAgency> Agencies, IReadOnlyList<GtfsJapanOffice> Offices, IReadOnlyList<GtfsJapanRoute> Routes)
{
    public static readonly GtfsJapan None = new([], [], []);
}

/// <summary>agency_jp.txt.</summary>
public sealed record GtfsJapanAgency(string AgencyId, string? OfficialName, string? ZipNumber, string? Address, string? PresidentPosition, string? PresidentName);

/// <summary>office_jp.txt.</summary>
public sealed record GtfsJapanOffice(string Id, string? Name, string? Url, string? Telephone);

/// <summary>routes_jp.txt and pattern_jp.txt.</summary>
public sealed record GtfsJapanRoute(string Id, string? UpdateDate, string? Origin, string? Via, string? Destination);
