using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Commands;

/// <summary>The steps of a command, each with its line in the history. The caller's transaction keeps both or neither.</summary>
internal static class CommandLife
{
    /// <summary>Who asked, where it was a service of the platform: before its app id.</summary>
    public const string ServicePrefix = "service/";

    public static bool IsOfService(this CommandRow row) => row.CreatedBy.StartsWith(ServicePrefix, StringComparison.Ordinal);

    public static bool IsFinished(this CommandRow row) => row.Status > CommandStatus.Sent;

    /// <summary>Stores a new command: queued, or waiting for a second person.</summary>
    public static void Propose(this TelemetryDb database, CommandRow row, DateTimeOffset now, Agreement? agreed = null)
    {
        database.Commands.Add(row);
        database.Note(row, CommandStep.Proposed, row.IsOfService() ? CommandActor.Platform : CommandActor.Person, now, row.CreatedBy);
        if (agreed is not null)
        {
            (row.DecidedAt, row.DecidedBy) = (now, agreed.Officer);
            database.Note(row, CommandStep.Approved, CommandActor.Person, now, agreed.Officer, agreed.Reason);
        }

        if (row.Status == CommandStatus.Queued)
        {
            Queue(row, now);
        }
        else
        {
            row.OpenUntil = row.ApproveUntil;
        }
    }

    public static void Approve(this TelemetryDb database, CommandRow row, string officer, DateTimeOffset now)
    {
        (row.Status, row.DecidedAt, row.DecidedBy) = (CommandStatus.Queued, now, officer);
        Queue(row, now);
        database.Note(row, CommandStep.Approved, CommandActor.Person, now, officer);
    }

    public static void Reject(this TelemetryDb database, CommandRow row, string officer, string? reason, DateTimeOffset now)
    {
        (row.DecidedAt, row.DecidedBy) = (now, officer);
        Finish(row, CommandStatus.Rejected, reason, now);
        database.Note(row, CommandStep.Rejected, CommandActor.Person, now, officer, reason);
    }

    /// <summary>A service has something newer to say: what it said before is not to be approved after it.</summary>
    public static void Withdraw(this TelemetryDb database, CommandRow row, DateTimeOffset now)
    {
        const string Why = "A newer command took its place.";
        Finish(row, CommandStatus.Rejected, Why, now);
        database.Note(row, CommandStep.Rejected, CommandActor.Platform, now, row.CreatedBy, Why);
    }

    /// <summary>The broker has taken it. A result that was quicker than this note stays.</summary>
    public static void MarkSent(this TelemetryDb database, CommandRow row, DateTimeOffset now)
    {
        row.Attempts++;
        row.SendAt = null;
        database.NoteSent(row, now);

        if (row.Status == CommandStatus.Queued)
        {
            row.Status = CommandStatus.Sent;
        }
    }

    /// <summary>The broker has nobody to give it to, or refuses it: it is tried again until it expires.</summary>
    public static void MarkNotTaken(this TelemetryDb database, CommandRow row, string why, DateTimeOffset again, DateTimeOffset now)
    {
        if (row.Status != CommandStatus.Queued)
        {
            return;
        }

        row.SendAt = again;
        // Once is enough: the next tries say the same.
        if (row.Attempts++ == 0)
        {
            database.Note(row, CommandStep.NotTaken, CommandActor.Platform, now, note: why);
        }
    }

    public static void Expire(this TelemetryDb database, CommandRow row, DateTimeOffset now)
    {
        var why = row.Status switch
        {
            CommandStatus.PendingApproval => "Nobody approved it in time.",
            CommandStatus.Queued => "It could not be given to the device in time.",
            _ => "The device answered nothing in time.",
        };
        Finish(row, CommandStatus.Expired, null, now);
        database.Note(row, CommandStep.Expired, CommandActor.Platform, now, note: why);
    }

    public static void TakeResult(this TelemetryDb database, CommandRow row, bool isDone, string? message, DateTimeOffset now)
    {
        // A device may answer before it is noted that the broker took the command, which its answer proves.
        database.NoteSent(row, now);
        Finish(row, isDone ? CommandStatus.Acknowledged : CommandStatus.Failed, message, now);
        database.Note(row, isDone ? CommandStep.Acknowledged : CommandStep.Failed, CommandActor.Device, now, note: message);
    }

    public static void NoteLateResult(this TelemetryDb database, CommandRow row, bool isDone, string? message, DateTimeOffset now)
        => database.Note(row, CommandStep.LateResult, CommandActor.Device, now, note: (isDone ? "done" : "failed") + (message is null ? "" : ": " + message));

    private static void NoteSent(this TelemetryDb database, CommandRow row, DateTimeOffset now)
    {
        if (row.SentAt is null)
        {
            row.SentAt = now;
            database.Note(row, CommandStep.Sent, CommandActor.Platform, now);
        }
    }

    private static void Queue(CommandRow row, DateTimeOffset now)
    {
        // What a service asks for is good as long as its reason is, however late somebody approves it.
        row.ExpiresAt = (row.IsOfService() ? row.CreatedAt : now).AddSeconds(row.ExpiresInSeconds);
        row.SendAt = now;
        row.OpenUntil = row.ExpiresAt;
    }

    private static void Finish(CommandRow row, CommandStatus end, string? message, DateTimeOffset now)
        => (row.Status, row.Message, row.FinishedAt, row.SendAt, row.OpenUntil) = (end, message, now, null, null);

    private static void Note(
        this TelemetryDb database, CommandRow row, CommandStep what, CommandActor actor, DateTimeOffset at, string? subject = null, string? note = null)
        => database.CommandEvents.Add(new CommandEvent
        {
            Municipality = row.Municipality,
            CommandId = row.CommandId,
            HappenedAt = at,
            What = what,
            Actor = actor,
            Subject = subject,
            Note = note,
        });
}
