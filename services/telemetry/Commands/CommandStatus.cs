namespace SmartCity.Telemetry.Commands;

/// <summary>Where a command stands. The last four are ends: nothing follows them.</summary>
public enum CommandStatus
{
    /// <summary>An officer who did not ask for it must approve it.</summary>
    PendingApproval,

    /// <summary>Stored, and sent as soon as the broker and a session of the device take it.</summary>
    Queued,

    /// <summary>The broker has it for the device.</summary>
    Sent,

    /// <summary>The device says that it is done.</summary>
    Acknowledged,

    /// <summary>The device says that it failed.</summary>
    Failed,

    /// <summary>The time was up without an approval, or without a result.</summary>
    Expired,

    /// <summary>An officer rejected it.</summary>
    Rejected,
}

/// <summary>What happened to a command.</summary>
public enum CommandStep
{
    Proposed,
    Approved,
    Rejected,

    /// <summary>The broker had no session of the device to keep it for; it is tried again.</summary>
    NotTaken,
    Sent,
    Acknowledged,
    Failed,
    Expired,

    /// <summary>A result after the end, which changes nothing.</summary>
    LateResult,
}

/// <summary>Who did it.</summary>
public enum CommandActor
{
    Person,
    Platform,
    Device,
}
