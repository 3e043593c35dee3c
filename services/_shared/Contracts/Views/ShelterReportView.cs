namespace SmartCity.Contracts.Views;

/// <summary>One status that staff set, for staff.</summary>
/// <param name="Version">The shelter's version that it made.</param>
/// <param name="ReportedBy">Token subject.</param>
public sealed record ShelterReportView(int Version, string Status, int? PeopleNow, DateTimeOffset At, string ReportedBy);
