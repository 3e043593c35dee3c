namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>One delivery that this process has taken.</summary>
/// <param name="Row">Its row in the ledger.</param>
/// <param name="Message">What to say.</param>
/// <param name="Address">The address, decrypted.</param>
/// <param name="Stored">The address as the database has it: tells it from one that took its place.</param>
/// <param name="Languages">What the person reads, the first one first.</param>
/// <param name="Next">The person's next address, where there is one.</param>
public sealed record DeliveryJob(LedgerRow Row, DeliveryMessage Message, string Address, string Stored, IReadOnlyList<string> Languages, NextAddress? Next)
{
    /// <summary>Names the delivery towards receivers: the same at every try.</summary>
    public string DeliveryId => $"{Message.Id}.{Row.SubscriptionId}";
}

/// <summary>A row of the ledger as it was taken.</summary>
/// <param name="Sequence">Of the message's plan.</param>
/// <param name="SubscriptionId">Whom it is for.</param>
/// <param name="Municipality">The town's code.</param>
/// <param name="Channel">Of the address.</param>
/// <param name="Rank">Of the address.</param>
/// <param name="Attempts">This one included.</param>
/// <param name="MaybeArrived">Whether an earlier try may have arrived.</param>
/// <param name="Lease">Whoever settles it must still hold this.</param>
/// <param name="LeaseEnds">From then on another process may take it.</param>
/// <param name="QueuedAt">Since when the person waits.</param>
public sealed record LedgerRow(
    long Sequence, string SubscriptionId, string Municipality, string Channel, int Rank, int Attempts, bool MaybeArrived, string Lease, DateTimeOffset LeaseEnds,
    DateTimeOffset QueuedAt);

/// <summary>Where to go on when an address fails.</summary>
public sealed record NextAddress(string Channel, int Rank);
