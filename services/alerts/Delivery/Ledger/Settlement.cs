using SmartCity.Alerts.Delivery.Sending;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>What becomes of a row after a try. Pure.</summary>
internal sealed record Settlement(
    LedgerRow Row, string State, string Channel, int Rank, int Attempts, string? Why, DateTimeOffset? NextAt, bool MaybeArrived, DateTimeOffset? SettledAt)
{
    /// <param name="next">The person's next address, where there is one.</param>
    /// <param name="retryAt">When the next try would be.</param>
    /// <param name="expires">Of the message: nothing is tried after it.</param>
    /// <param name="triesBeforeNext">Tries of an address before the next one.</param>
    /// <param name="waitBeforeNext">How long a person waits for an address whose host is ill before the next one is tried.</param>
    public static Settlement Of(
        LedgerRow row, DeliveryOutcome outcome, NextAddress? next, DateTimeOffset now, DateTimeOffset retryAt, DateTimeOffset expires, int triesBeforeNext, TimeSpan waitBeforeNext)
    {
        var maybe = row.MaybeArrived || outcome.MayHaveArrived;
        var goOn = outcome.NotBefore > retryAt ? outcome.NotBefore.Value : retryAt;
        // Judged by when the next try would be: whom the host puts off for long need not wait in vain first.
        var mayWait = next is null || !outcome.HostIsIll || (outcome.Kind == OutcomeKind.NotTried ? outcome.NotBefore : goOn) <= row.QueuedAt + waitBeforeNext;
        return outcome.Kind switch
        {
            OutcomeKind.Sent => Done(row, DeliveryState.Sent, null, maybe: true, now),
            OutcomeKind.Confirmed => Done(row, DeliveryState.Confirmed, null, maybe: true, now),
            OutcomeKind.NotTried when mayWait => new(row, DeliveryState.Queued, row.Channel, row.Rank, row.Attempts - 1, outcome.Why, outcome.NotBefore ?? now, maybe, null),
            OutcomeKind.Later when next is null || (row.Attempts < triesBeforeNext && mayWait) => goOn < expires
                ? new(row, DeliveryState.Queued, row.Channel, row.Rank, row.Attempts, outcome.Why, goOn, maybe, null)
                : Done(row, DeliveryState.Failed, outcome.Why, maybe, now),
            _ => next is null
                ? Done(row, DeliveryState.Failed, outcome.Why, maybe, now)
                : new(row, DeliveryState.Queued, next.Channel, next.Rank, 0, outcome.Why, now, maybe, null),
        };
    }

    public static Settlement Withdrawn(LedgerRow row, DateTimeOffset now) => Done(row, DeliveryState.Withdrawn, "no-address", row.MaybeArrived, now);

    /// <summary>Its message or address can't be read: the next address is tried, where there is one.</summary>
    public static Settlement Unreadable(LedgerRow row, NextAddress? next, DateTimeOffset now)
        => Of(row, DeliveryOutcome.Refused("unreadable"), next, now, now, now, triesBeforeNext: 1, TimeSpan.Zero);

    private static Settlement Done(LedgerRow row, string state, string? why, bool maybe, DateTimeOffset now)
        => new(row, state, row.Channel, row.Rank, row.Attempts, why, null, maybe, now);
}
