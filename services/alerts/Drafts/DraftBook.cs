using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;

namespace SmartCity.Alerts.Drafts;

/// <summary>Opens and withdraws the drafts of rules, inside the caller's write transaction.</summary>
public sealed class DraftBook(AlertDbContext database, TimeProvider clock)
{
    public void Open(AlertContent content, RuleState rule) => database.Drafts.Add(new Draft
    {
        Id = NewId(),
        Municipality = rule.Municipality,
        Status = DraftStatus.Pending,
        Level = rule.Level,
        Hazard = content.Hazard,
        ExpiresAfterSeconds = rule.ExpiresAfterSeconds,
        DeviceId = rule.DeviceId,
        RuleId = rule.RuleId,
        Explanation = content.Explanation,
        Info = content.Info,
        CreatedAt = clock.GetUtcNow(),
    });

    public async Task WithdrawAsync(RuleState rule, CancellationToken cancellationToken)
    {
        var pending = await database.Drafts
            .Where(draft => draft.DeviceId == rule.DeviceId && draft.RuleId == rule.RuleId && draft.Status == DraftStatus.Pending)
            .ToListAsync(cancellationToken);
        foreach (var draft in pending)
        {
            draft.Status = DraftStatus.Withdrawn;
            draft.DecidedAt = clock.GetUtcNow();
            draft.Reason = rule.Transition.Explanation;
        }
    }

    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
