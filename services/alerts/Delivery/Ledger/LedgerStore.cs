using System.Data.Common;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>Takes deliveries to be tried, and writes down what came of it. Each belongs to one process at a time.</summary>
internal sealed class LedgerStore(TownDatabases databases, TimeProvider clock)
{
    private const int CloseAtOnce = 2000;

    // Not while a newer message of the chain is there, and not while an older one to the same person is on its way: it could arrive last.
    // A cancel not at all where nothing before it can have arrived.
    private const string Take = """
        UPDATE delivery SET state = 'sending', maybe_arrived = (maybe_arrived OR state = 'sending'), attempts = attempts + 1, lease = @lease, next_at = @leaseEnds
        WHERE (sequence, subscription_id) IN (
          SELECT d.sequence, d.subscription_id FROM delivery d JOIN delivery_plan p ON p.sequence = d.sequence
          WHERE d.channel = @channel AND d.next_at <= @now AND p.expires > @now
            AND NOT EXISTS (SELECT 1 FROM delivery_plan n WHERE n.alert_id = p.alert_id AND n.sequence > p.sequence)
            AND NOT EXISTS (SELECT 1 FROM delivery_plan o JOIN delivery e ON e.sequence = o.sequence AND e.subscription_id = d.subscription_id
                            WHERE o.alert_id = p.alert_id AND o.sequence < p.sequence AND e.state = 'sending' AND e.next_at > @now)
            AND (p.msg_type <> 'Cancel' OR EXISTS (SELECT 1 FROM delivery_plan o JOIN delivery e ON e.sequence = o.sequence AND e.subscription_id = d.subscription_id
                                                   WHERE o.alert_id = p.alert_id AND o.sequence < p.sequence AND e.maybe_arrived))
          ORDER BY d.next_at LIMIT @most
        """;

    private const string Returning = ") RETURNING sequence, subscription_id, municipality, rank, attempts, maybe_arrived, queued_at";

    private const string Settle = """
        UPDATE delivery SET state = @state, channel = @channel, rank = @rank, attempts = @attempts, why = @why, next_at = @nextAt,
            maybe_arrived = @maybeArrived, settled_at = @settledAt, lease = NULL
        WHERE sequence = @sequence AND subscription_id = @subscription AND lease = @lease
        """;

    // What is not to be sent any more: its message has expired, a newer one took its place while it was on its way, or it ends what
    // turned out never to have arrived. Sirens and signs close their own rows: they are told of a change only, not of every message.
    private const string Close = """
        UPDATE delivery SET next_at = NULL, lease = NULL, settled_at = @now,
            maybe_arrived = (maybe_arrived OR state = 'sending'),
            state = CASE WHEN sequence IN (SELECT sequence FROM delivery_plan WHERE expires <= @now) THEN 'failed' ELSE 'superseded' END,
            why = CASE WHEN why IS NULL AND sequence IN (SELECT sequence FROM delivery_plan WHERE expires <= @now) THEN 'not-in-time' ELSE why END
        WHERE next_at <= @now AND (sequence, subscription_id) IN (
          SELECT d.sequence, d.subscription_id FROM delivery d JOIN delivery_plan p ON p.sequence = d.sequence
          WHERE d.next_at <= @now AND d.channel NOT IN ('siren', 'sign')
            AND (p.expires <= @now OR EXISTS (SELECT 1 FROM delivery_plan n WHERE n.alert_id = p.alert_id AND n.sequence > p.sequence)
              OR (p.msg_type = 'Cancel' AND NOT EXISTS (
                SELECT 1 FROM delivery_plan o JOIN delivery e ON e.sequence = o.sequence AND e.subscription_id = d.subscription_id
                WHERE o.alert_id = p.alert_id AND o.sequence < p.sequence AND (e.maybe_arrived OR e.state = 'sending'))))
          LIMIT @most)
        """;

    /// <summary>Takes deliveries that are due, those that wait longest first. Replicas do not wait for each other's.</summary>
    /// <returns>None of those that are due where all of them are past sending; null where nothing is due.</returns>
    public async Task<IReadOnlyList<LedgerRow>?> TakeAsync(DatabaseKind kind, string channel, int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await HasDueAsync(kind, channel, now, cancellationToken))
        {
            return null;
        }

        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        await using var transaction = await ledger.Connection.BeginTransactionAsync(cancellationToken);
        await PlanStore.LockAsync(ledger, transaction, shared: true, cancellationToken);
        var name = Guid.CreateVersion7().ToString("N");
        await using var command = ledger.Command(
            Take + (ledger.IsSqlite ? "" : " FOR UPDATE OF d SKIP LOCKED") + Returning, transaction,
            ("@lease", name), ("@leaseEnds", now + lease), ("@channel", channel), ("@now", now), ("@most", most));
        var rows = new List<LedgerRow>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new LedgerRow(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), channel, reader.GetInt32(3), reader.GetInt32(4), reader.GetBoolean(5), name, now + lease,
                    UnixMicroseconds.ToTime(reader.GetInt64(6))));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    /// <summary>Writes outcomes down together; those whose lease another process has by now are left to it.</summary>
    public async Task SettleAsync(DatabaseKind kind, IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        await using var transaction = await ledger.Connection.BeginTransactionAsync(cancellationToken);
        if (ledger.Connection.CanCreateBatch)
        {
            await using var batch = ledger.Connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var one in settlements)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = Settle;
                foreach (var (name, value) in Values(one))
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = name;
                    parameter.Value = value ?? DBNull.Value;
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        else
        {
            await SettleOneByOneAsync(ledger, transaction, settlements, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends what can't be sent any more.</summary>
    /// <returns>How many rows; there may be more.</returns>
    public async Task<int> CloseAsync(DatabaseKind kind, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        return await ledger.ExecuteAsync(Close, null, [("@now", clock.GetUtcNow()), ("@most", CloseAtOnce)], cancellationToken);
    }

    private async Task<bool> HasDueAsync(DatabaseKind kind, string channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToReadAsync(databases, kind, cancellationToken);
        await using var command = ledger.Command("SELECT 1 FROM delivery WHERE channel = @channel AND next_at <= @now LIMIT 1", null, ("@channel", channel), ("@now", now));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    // One prepared statement, run again and again.
    private static async Task SettleOneByOneAsync(LedgerConnection ledger, DbTransaction transaction, IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(Settle, transaction);
        foreach (var one in settlements)
        {
            var values = Values(one);
            if (command.Parameters.Count == 0)
            {
                Array.ForEach(values, value => LedgerConnection.Add(command, value.Name, value.Value));
                await command.PrepareAsync(cancellationToken);
            }
            else
            {
                for (var index = 0; index < values.Length; index++)
                {
                    command.Parameters[index].Value = values[index].Value ?? DBNull.Value;
                }
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static (string Name, object? Value)[] Values(Settlement one) =>
    [
        ("@state", one.State), ("@channel", one.Channel), ("@rank", one.Rank), ("@attempts", one.Attempts), ("@why", one.Why),
        ("@nextAt", Microseconds(one.NextAt)), ("@maybeArrived", one.MaybeArrived), ("@settledAt", Microseconds(one.SettledAt)),
        ("@sequence", one.Row.Sequence), ("@subscription", one.Row.SubscriptionId), ("@lease", one.Row.Lease),
    ];

    private static object? Microseconds(DateTimeOffset? time) => time is { } at ? UnixMicroseconds.From(at) : null;
}
