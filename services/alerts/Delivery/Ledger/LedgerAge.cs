using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>Forgets what the ledger need not know any longer, a chunk at a time.</summary>
internal sealed class LedgerAge(TownDatabases databases, TimeProvider clock)
{
    private const int AtOnce = 2000;

    // The newest plan of the stream stays: it says from where the planner goes on.
    private const string Oldest = """
        SELECT sequence FROM delivery_plan
        WHERE issued_at < @before AND planned_at IS NOT NULL AND sequence < (SELECT MAX(sequence) FROM delivery_plan WHERE stream_sequence IS NOT NULL)
        ORDER BY sequence LIMIT 1
        """;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> ForgetAsync(DatabaseKind kind, int keepDays, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        await using var find = ledger.Command(Oldest, null, ("@before", clock.GetUtcNow().AddDays(-keepDays)));
        if (await find.ExecuteScalarAsync(cancellationToken) is not long sequence)
        {
            return false;
        }

        var deleted = await ledger.ExecuteAsync(
            "DELETE FROM delivery WHERE sequence = @sequence AND subscription_id IN (SELECT subscription_id FROM delivery WHERE sequence = @sequence LIMIT @most)",
            null, [("@sequence", sequence), ("@most", AtOnce)], cancellationToken);
        if (deleted == 0)
        {
            await ledger.ExecuteAsync("DELETE FROM delivery_plan WHERE sequence = @sequence", null, [("@sequence", sequence)], cancellationToken);
        }

        return true;
    }
}
