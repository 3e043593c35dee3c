using System.Data.Common;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>
/// Turns issued messages into plans, and plans into rows, a chunk of subscriptions at a time: whoever issues an alert waits
/// for one chunk at most, and a crash is gone on from.
/// </summary>
internal sealed class PlanStore(TownDatabases databases, TimeProvider clock)
{
    private const int ChunkSize = 2000;

    /// <summary>
    /// Messages that were committed since the last look become plans. From then on nothing older of their chains is taken to
    /// be sent: those who take (<see cref="LedgerStore"/>) hold the same lock on PostgreSQL, and SQLite has one writer.
    /// </summary>
    public async Task TakeIssuedAsync(DatabaseKind kind, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO delivery_plan (municipality, message_id, alert_id, stream_sequence, msg_type, issued_at, expires, payload, is_self_test, planned_to)
            SELECT e.municipality, e.message_id, e.alert_id, e.sequence, e.msg_type, COALESCE(e.issued_at, @now), e.expires, e.payload, @no, ''
            FROM stream_event e
            WHERE e.sequence > (SELECT COALESCE(MAX(stream_sequence), 0) FROM delivery_plan)
            ORDER BY e.sequence
            ON CONFLICT DO NOTHING
            """;
        if (!await HasIssuedAsync(kind, cancellationToken))
        {
            return;
        }

        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        await using var transaction = await ledger.Connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(ledger, transaction, shared: false, cancellationToken);
        await ledger.ExecuteAsync(Sql, transaction, [("@now", clock.GetUtcNow()), ("@no", false)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Plans whose rows are not all written, oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryPlan>> OpenAsync(DatabaseKind kind, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToReadAsync(databases, kind, cancellationToken);
        await using var command = ledger.Command(
            "SELECT sequence, municipality, alert_id, msg_type, payload, is_self_test, planned_to FROM delivery_plan WHERE planned_at IS NULL ORDER BY sequence LIMIT 20", null);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var plans = new List<DeliveryPlan>();
        while (await reader.ReadAsync(cancellationToken))
        {
            plans.Add(new DeliveryPlan(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetBoolean(5), reader.GetString(6)));
        }

        return plans;
    }

    /// <summary>Writes the rows of the next chunk.</summary>
    /// <returns>The plan as it goes on, or null when it is done or another replica went on with it.</returns>
    public async Task<DeliveryPlan?> PlanChunkAsync(DatabaseKind kind, DeliveryPlan plan, Town? town, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToWriteAsync(databases, kind, cancellationToken);
        await using var transaction = await ledger.Connection.BeginTransactionAsync(cancellationToken);
        var upTo = await UpToAsync(ledger, transaction, plan, cancellationToken);
        var now = clock.GetUtcNow();
        // First, so that of two replicas one waits here and then finds that the other has gone on.
        if (await ledger.ExecuteAsync(
            "UPDATE delivery_plan SET planned_to = @upTo, planned_at = @done WHERE sequence = @sequence AND planned_to = @from AND planned_at IS NULL",
            transaction,
            [("@upTo", upTo ?? plan.PlannedTo), ("@done", upTo is null ? UnixMicroseconds.From(now) : null), ("@sequence", plan.Sequence), ("@from", plan.PlannedTo)],
            cancellationToken) == 0)
        {
            return null;
        }

        await SupersedeAsync(ledger, transaction, plan, upTo, now, cancellationToken);
        await AddRowsAsync(ledger, transaction, plan, Audience.Of(town, plan), upTo, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return upTo is null ? null : plan with { PlannedTo = upTo };
    }

    /// <summary>The message of a plan, with its identifier.</summary>
    public static async Task<(string Id, AlertView View)> MessageAsync(TownDatabases databases, DatabaseKind kind, long sequence, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToReadAsync(databases, kind, cancellationToken);
        await using var command = ledger.Command("SELECT message_id, payload FROM delivery_plan WHERE sequence = @sequence", null, ("@sequence", sequence));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetString(0), JsonSerializer.Deserialize<AlertView>(reader.GetString(1), CityJson.Options)!)
            : throw new InvalidOperationException($"The ledger has rows of message {sequence}, which is not there.");
    }

    /// <summary>On PostgreSQL, lets nobody take deliveries while a plan comes into being, and the other way round.</summary>
    public static Task LockAsync(LedgerConnection ledger, DbTransaction transaction, bool shared, CancellationToken cancellationToken) => ledger.IsSqlite
        ? Task.CompletedTask
        : ledger.ExecuteAsync(
            shared ? "SELECT pg_advisory_xact_lock_shared(hashtext('delivery'), hashtext(current_schema()))" : "SELECT pg_advisory_xact_lock(hashtext('delivery'), hashtext(current_schema()))",
            transaction, [], cancellationToken);

    private async Task<bool> HasIssuedAsync(DatabaseKind kind, CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerConnection.ToReadAsync(databases, kind, cancellationToken);
        await using var command = ledger.Command(
            "SELECT 1 FROM stream_event WHERE sequence > (SELECT COALESCE(MAX(stream_sequence), 0) FROM delivery_plan) LIMIT 1", null);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    // The id at the end of the chunk; null when the chunk has all that is left.
    private static async Task<string?> UpToAsync(LedgerConnection ledger, DbTransaction transaction, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        await using var command = ledger.Command(
            "SELECT id FROM subscription WHERE municipality = @municipality AND id > @from ORDER BY id LIMIT 1 OFFSET @size",
            transaction, ("@municipality", plan.Municipality), ("@from", plan.PlannedTo), ("@size", ChunkSize - 1));
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    // Sirens and signs look themselves whether something newer is for them: an update that repeats nothing leaves the first one standing.
    private static Task<int> SupersedeAsync(
        LedgerConnection ledger, DbTransaction transaction, DeliveryPlan plan, string? upTo, DateTimeOffset now, CancellationToken cancellationToken)
        => plan.MsgType == nameof(Cap.CapMsgType.Alert) ? Task.FromResult(0) : ledger.ExecuteAsync(
            $"""
            UPDATE delivery SET state = 'superseded', next_at = NULL, settled_at = @now
            WHERE sequence IN (SELECT sequence FROM delivery_plan WHERE alert_id = @alert AND sequence < @sequence)
              AND subscription_id > @from {(upTo is null ? "" : "AND subscription_id <= @upTo")} AND state = 'queued'
              AND channel NOT IN ('siren', 'sign')
            """,
            transaction,
            [("@now", now), ("@alert", plan.AlertId), ("@sequence", plan.Sequence), ("@from", plan.PlannedTo), .. UpTo(upTo)],
            cancellationToken);

    private static Task<int> AddRowsAsync(
        LedgerConnection ledger, DbTransaction transaction, DeliveryPlan plan, Audience audience, string? upTo, DateTimeOffset now, CancellationToken cancellationToken)
        => ledger.ExecuteAsync(
            $"""
            INSERT INTO delivery (sequence, subscription_id, municipality, channel, rank, state, attempts, next_at, maybe_arrived, queued_at)
            SELECT @plan, s.id, s.municipality, a.channel, a.rank, 'queued', 0, @now, @no, @now
            {Audience.Subscriptions} AND s.id > @from {(upTo is null ? "" : "AND s.id <= @upTo")} AND {audience.Condition}
            ORDER BY s.id
            ON CONFLICT DO NOTHING
            """,
            transaction,
            [("@plan", plan.Sequence), ("@now", now), ("@no", false), ("@municipality", plan.Municipality), ("@from", plan.PlannedTo), .. UpTo(upTo), .. audience.Values],
            cancellationToken);

    private static (string Name, object? Value)[] UpTo(string? upTo) => upTo is null ? [] : [("@upTo", upTo)];
}
