using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Shelters.Status;

/// <summary>One status that staff set. Rows never change.</summary>
public sealed class ShelterReport : ITownOwned
{
    public long Id { get; init; }

    public required string Municipality { get; init; }

    public required string ShelterId { get; init; }

    /// <summary>The shelter's version that it made.</summary>
    public required int Version { get; init; }

    public required string Status { get; init; }

    public int? PeopleNow { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Token subject.</summary>
    public required string ReportedBy { get; init; }

    internal ShelterReportView ToView() => new(Version, Status, PeopleNow, At, ReportedBy);

    /// <summary>The status as it stands now.</summary>
    internal static ShelterReport Of(Shelter shelter) => new()
    {
        Municipality = shelter.Municipality,
        ShelterId = shelter.Id,
        Version = shelter.Version,
        Status = shelter.Status,
        PeopleNow = shelter.PeopleNow,
        At = shelter.StatusAsOf ?? throw new InvalidOperationException("The shelter has no status yet."),
        ReportedBy = shelter.StatusBy ?? throw new InvalidOperationException("Nobody set the shelter's status."),
    };
}
