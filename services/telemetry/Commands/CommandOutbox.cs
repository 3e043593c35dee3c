using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MQTTnet;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>
/// Sends the queued commands of one database. A crash between sending and noting it sends a command again, with the same id.
/// </summary>
internal sealed class CommandOutbox(TelemetryDb database, DownlinkConnection connection, CommandMetrics metrics, IOptions<DownlinkOptions> options, TimeProvider clock)
{
    private const int MostAtOnce = 100;
    private readonly Backoff _pauses = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(options.Value.RetrySeconds));

    /// <returns>Whether there may be more to send now.</returns>
    /// <exception cref="BrokerAwayException">The broker went away; what it did not take is sent again.</exception>
    public async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await database.Commands.IgnoreQueryFilters().AsNoTracking().Where(row => row.SendAt != null && row.SendAt <= now && row.ExpiresAt > now)
            .OrderBy(row => row.SendAt).ThenBy(row => row.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var row in due)
        {
            if (row.ExpiresAt <= clock.GetUtcNow())
            {
                // Its time ran out while those before it were sent: the next sweep ends it.
                continue;
            }

            var result = await connection.PublishAsync(CommandMessage.Of(row, clock.GetUtcNow()), cancellationToken);
            await NoteAsync(row.Id, result, clock.GetUtcNow(), cancellationToken);
        }

        return due.Count == MostAtOnce;
    }

    private async Task NoteAsync(long id, MqttClientPublishResult result, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var row = await database.Commands.IgnoreQueryFilters().SingleAsync(one => one.Id == id, cancellationToken);
        if (result.ReasonCode == MqttClientPublishReasonCode.Success)
        {
            database.MarkSent(row, now);
            metrics.Sent();
        }
        else
        {
            var why = result.ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers
                ? "The device is not connected and has no session at the broker."
                : $"The broker answered {result.ReasonCode} {result.ReasonString}".TrimEnd() + ".";
            database.MarkNotTaken(row, why, now + _pauses.After(row.Attempts + 1), now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        database.ChangeTracker.Clear();
    }
}
