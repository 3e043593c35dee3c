using SmartCity.Alerts.Safety.Reports;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>A call for help as officers see it.</summary>
internal static class RescueViews
{
    /// <param name="texts">Null where they could not be decrypted.</param>
    public static RescueRow ToRow(this SafetyReport report, PersonalTexts? texts) => new()
    {
        Id = report.Id,
        Needs = [.. report.Needs.OrderBy(need => Needs.UrgencyOf([need]))],
        PeopleCount = report.PeopleCount,
        Name = texts?.Name,
        Contact = texts?.Contact,
        Place = texts?.Place,
        Message = texts?.Message,
        ShelterId = report.ShelterId,
        IsUnreadable = texts is null,
        AskedAt = report.AskedAt ?? report.UpdatedAt,
        UpdatedAt = report.UpdatedAt,
        EnteredBy = report.EnteredBy,
        Rescue = report.ToRescue(),
        IsExercise = report.IsExercise,
    };

    /// <summary>Nothing personal.</summary>
    public static RescueState ToRescue(this SafetyReport report) => new(report.Id, report.Rescue, report.RescueAt, report.RescueBy, report.Version);
}

/// <param name="Status"><c>waiting</c>, <c>on-the-way</c> or <c>done</c>.</param>
/// <param name="Version">The version that the officer has seen; needed over what another officer set.</param>
public sealed record RescueRequest(string Status, int? Version = null);
