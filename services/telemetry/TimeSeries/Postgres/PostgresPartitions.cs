using Npgsql;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>
/// The partitions of <c>reading</c>, one a month. A month without one is no fault: its readings go to the last partition, and
/// are found there.
/// </summary>
internal sealed class PostgresPartitions(ILogger log)
{
    // Whoever dumps the database holds a lock on every table for as long as it takes: nobody may queue up behind us meanwhile.
    private const string DoNotWait = "SET LOCAL lock_timeout = '2s'";

    private readonly HashSet<long> _seen = [];

    /// <summary>Makes the partitions of months, this one and the next among them.</summary>
    public async Task MakeAsync(NpgsqlConnection connection, IEnumerable<long> months, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var month in months.Concat(Months.Around(now)))
        {
            if (_seen.Contains(month) || !Months.HasPartition(month, now))
            {
                continue;
            }

            try
            {
                await ExecuteAsync(connection, "SELECT make_reading_partition($1)", month, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.CheckViolation)
            {
                // Somebody holds the last partition for long, or it has readings of this month since an earlier time.
                log.PartitionNotMade(UnixMicroseconds.ToTime(month), exception.MessageText);
            }

            _seen.Add(month);
        }
    }

    /// <summary>Drops the partitions of the months before a time that have no reading left.</summary>
    public async Task DropEmptyAsync(NpgsqlConnection connection, long before, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, "SELECT drop_empty_reading_partitions($1)", before, cancellationToken);
            _seen.RemoveWhere(month => month < before);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            // They are as empty the next time.
            log.PartitionsNotDropped(exception.MessageText);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, long time, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add(DoNotWait);
        batch.Add(sql, BatchCommands.Of(time));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
