using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>A report as its own sender sees it.</summary>
internal static class SafetyViews
{
    /// <param name="texts">Null where they could not be decrypted.</param>
    public static OwnReportView ToOwn(this SafetyReport report, PersonalTexts? texts) => new()
    {
        Id = report.Id,
        Status = report.Status,
        Needs = report.Needs,
        PeopleCount = report.PeopleCount,
        ShelterId = report.ShelterId,
        Name = texts?.Name,
        Contact = texts?.Contact,
        Place = texts?.Place,
        Message = texts?.Message,
        HasSharedSecret = report.SecretFingerprint is not null,
        ReceivedAt = report.CreatedAt,
        UpdatedAt = report.UpdatedAt,
        Rescue = report.Status == SafetyStatus.NeedHelp ? report.Rescue : null,
        IsExercise = report.IsExercise,
    };
}
