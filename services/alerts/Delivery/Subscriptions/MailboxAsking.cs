namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>When a mailbox may be asked: rarely, whoever wants it to be, so that nobody can flood one.</summary>
/// <param name="Rows">Of this mailbox, in every subscription.</param>
/// <param name="ConfirmWithin">How long a link works.</param>
internal sealed record MailboxAsking(IReadOnlyList<SubscriptionAddress> Rows, TimeSpan ConfirmWithin)
{
    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(10);

    // Rows for which no mail was ever due say nothing of when one was.
    private DateTimeOffset? LastAskedAt => Rows.Where(row => row.ConfirmAt is not null || row.ConfirmTries > 0).Max(row => row.ConfirmUntil) - ConfirmWithin;

    public bool IsInUse => Rows.Any(row => row.ConfirmedAt is not null);

    public bool IsRecent(DateTimeOffset now) => LastAskedAt > now - BetweenMails;

    /// <summary>The earliest time for another mail.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now) => IsRecent(now) ? LastAskedAt!.Value + BetweenMails : now;
}
