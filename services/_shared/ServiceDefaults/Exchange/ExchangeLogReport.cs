namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>What a look through a log found.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Seals">Seals read.</param>
/// <param name="First">Sequence of the first record; 0 where there is none.</param>
/// <param name="Last">Sequence of the last record.</param>
/// <param name="SealedUntil">The last day whose seal was found good.</param>
/// <param name="Faults">In the order in which they were found.</param>
public sealed record ExchangeLogReport(
    long Records, long Seals, long First, long Last, DateOnly? SealedUntil, IReadOnlyList<ExchangeLogFault> Faults)
{
    /// <summary>Nothing was altered, left out, put in or moved.</summary>
    public bool IsIntact => Faults.Count == 0;
}

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Code">
/// <c>record-altered</c>, <c>record-missing</c>, <c>record-reordered</c>, <c>record-repeated</c>, <c>chain-broken</c>,
/// <c>seal-forged</c>, <c>seal-missing</c>, <c>seal-mismatch</c>, <c>log-truncated</c>, <c>head-missing</c>,
/// <c>head-forged</c>, <c>history-rewritten</c> or <c>line-malformed</c>.
/// </param>
/// <param name="Line">Counted from 1; 0 where it is about the whole.</param>
/// <param name="Sequence">The record it is about, or the first of several.</param>
/// <param name="Message">In plain words.</param>
public sealed record ExchangeLogFault(string Code, long Line, long? Sequence, string Message)
{
    /// <summary>The last of several records; null where it is about one, or about the whole.</summary>
    public long? Through { get; init; }
}
