using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Names;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>What people do with their reports. Each act is one transaction.</summary>
public sealed class SafetyDesk(AlertDbContext database, SafetyDoor door, SafetySecrets secrets, PersonalBox box, TimeProvider clock)
{
    private const int MostFound = 20;

    /// <summary>Takes a report, or gives the same receipt as before where it comes again.</summary>
    /// <param name="key">The sender's own, of this report alone.</param>
    /// <param name="enteredBy">Staff who took the call; null for people themselves.</param>
    /// <param name="recorded">Called before the report is saved, with its id: what must be saved with it.</param>
    public async Task<(SafetyReceipt? Receipt, bool IsNew, ProblemHttpResult? Refusal)> ReportAsync(
        string municipality, SafetyRequest request, string key, string? enteredBy, Action<string>? recorded, CancellationToken cancellationToken)
    {
        var keyFingerprint = secrets.OfKey(key, municipality);
        var bodyFingerprint = secrets.OfBody(JsonSerializer.Serialize(request, CityJson.Options), municipality);
        var code = secrets.CodeFor(key, municipality);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Set<SafetyReport>().AsNoTracking().FirstOrDefaultAsync(row => row.KeyFingerprint == keyFingerprint, cancellationToken) is { } known)
        {
            return known.BodyFingerprint == bodyFingerprint
                ? (new SafetyReceipt(known.Id, code, known.Status, known.CreatedAt, known.IsExercise), false, null)
                : (null, false, SafetyProblems.KeyReused);
        }

        var state = await door.ReadAsync(cancellationToken);
        if (!state.IsOpen)
        {
            return (null, false, SafetyProblems.Closed);
        }

        if (await UnknownShelterAsync(request, cancellationToken) is { } refusal)
        {
            return (null, false, refusal);
        }

        var now = UnixMicroseconds.ToTime(UnixMicroseconds.From(clock.GetUtcNow()));
        var report = new SafetyReport
        {
            Id = DraftBook.NewId(),
            Municipality = municipality,
            KeyFingerprint = keyFingerprint,
            BodyFingerprint = bodyFingerprint,
            CodeFingerprint = secrets.OfCode(code, municipality),
            IsExercise = state.IsExercise,
            Status = "",
            Needs = [],
            Urgency = 0,
            PeopleCount = 0,
            Personal = "",
            CreatedAt = now,
            UpdatedAt = now,
            EnteredBy = enteredBy,
            Rescue = RescueStatus.Waiting,
            Version = 0,
        };
        Write(report, request, now);
        database.Set<SafetyReport>().Add(report);
        recorded?.Invoke(report.Id);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (new SafetyReceipt(report.Id, code, report.Status, report.CreatedAt, report.IsExercise), true, null);
    }

    /// <summary>Replaces what the report with this code says. Families' words stay where no others are given.</summary>
    public async Task<Results<Ok<OwnReportView>, ProblemHttpResult>> ChangeAsync(
        string municipality, string code, SafetyRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await FindAsync(municipality, code, cancellationToken) is not { } report)
        {
            return SafetyProblems.UnknownCode;
        }

        if (await UnknownShelterAsync(request, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (report.IsExercise && await door.ReadAsync(cancellationToken) is { IsOpen: true, IsExercise: false })
        {
            // Nobody has answered the real call yet, whatever was done about the drill's.
            (report.IsExercise, report.AskedAt) = (false, null);
        }

        Write(report, request, clock.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(report.ToOwn(box.Open(report)));
    }

    public async Task<Results<Ok<OwnReportView>, ProblemHttpResult>> ReadAsync(string municipality, string code, CancellationToken cancellationToken)
        => await FindAsync(municipality, code, cancellationToken) is { } report
            ? TypedResults.Ok(report.ToOwn(box.Open(report)))
            : SafetyProblems.UnknownCode;

    public async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(string municipality, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(municipality, code, cancellationToken) is not { } report)
        {
            return SafetyProblems.UnknownCode;
        }

        database.Remove(report);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Everybody whose report carries the same words, the newest first; of several reports of one name the newest.</summary>
    public async Task<FamilyAnswer> SearchAsync(string municipality, string words, CancellationToken cancellationToken)
    {
        var fingerprint = secrets.OfWords(words, municipality);
        var reports = await database.Set<SafetyReport>().AsNoTracking().Where(row => row.SecretFingerprint == fingerprint)
            .OrderByDescending(row => row.UpdatedAt).Take(MostFound).ToListAsync(cancellationToken);
        var found = reports.Select(report => (Report: report, Texts: box.Open(report)))
            .DistinctBy(row => NameKey.Of(row.Texts?.Name) is { Length: > 0 } name ? name : row.Report.Id, StringComparer.Ordinal)
            .Select(row => new FamilyMember(row.Texts?.Name, row.Report.Status, row.Report.PeopleCount, row.Report.ShelterId, row.Texts?.Message, row.Report.UpdatedAt, row.Report.IsExercise));
        return new FamilyAnswer([.. found], clock.GetJapanNow());
    }

    private Task<SafetyReport?> FindAsync(string municipality, string code, CancellationToken cancellationToken)
    {
        var fingerprint = secrets.OfCode(code, municipality);
        return database.Set<SafetyReport>().FirstOrDefaultAsync(row => row.CodeFingerprint == fingerprint, cancellationToken);
    }

    private async Task<ProblemHttpResult?> UnknownShelterAsync(SafetyRequest request, CancellationToken cancellationToken)
        => string.IsNullOrEmpty(request.ShelterId) || await database.Shelters.AnyAsync(shelter => shelter.Id == request.ShelterId, cancellationToken)
            ? null
            : Problem.Unprocessable("unknown-shelter", "There is no such shelter.", "'shelterId' is not a shelter of this municipality. Nothing was saved.");

    private void Write(SafetyReport report, SafetyRequest request, DateTimeOffset now)
    {
        var asksAnew = request.Status == SafetyStatus.NeedHelp && (report.AskedAt is null || report.Rescue == RescueStatus.Done);
        report.Status = request.Status;
        report.Needs = request.Status == SafetyStatus.NeedHelp ? [.. request.Needs.Distinct(StringComparer.Ordinal)] : [];
        report.Urgency = Needs.UrgencyOf(report.Needs);
        report.PeopleCount = request.PeopleCount;
        report.ShelterId = string.IsNullOrEmpty(request.ShelterId) ? null : request.ShelterId;
        report.SecretFingerprint = string.IsNullOrWhiteSpace(request.SharedSecret) ? report.SecretFingerprint : secrets.OfWords(request.SharedSecret, report.Municipality);
        report.Personal = box.Seal(request.Texts, report.Municipality, report.Id);
        report.UpdatedAt = now;
        // Who corrects a call for help keeps their place in the row.
        report.AskedAt = asksAnew ? now : request.Status == SafetyStatus.NeedHelp ? report.AskedAt : null;
        if (asksAnew)
        {
            (report.Rescue, report.RescueAt, report.RescueBy) = (RescueStatus.Waiting, null, null);
        }

        report.Version++;
    }
}
