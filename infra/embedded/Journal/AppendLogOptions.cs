namespace SmartCity.Embedded.Journal;

/// <summary>How an <see cref="AppendLog"/> writes.</summary>
public sealed record AppendLogOptions
{
    /// <summary>
    /// Whether each group of records is forced to the disk (fsync) before its writers are told that it is safe.
    /// Without it a record survives a killed process but not a power cut.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;

    /// <summary>Largest record in bytes; a longer length on replay means a damaged file, a longer append is refused.</summary>
    public int MaximumRecordBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes that may wait for the disk. A writer beyond it waits for the current group, so that a slow disk
    /// slows its writers and never fills the memory.
    /// </summary>
    public int MaximumPendingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether a failed group makes all later appends fail until a rewrite has succeeded. For owners who go on with a
    /// state in memory that has what the group lost: a later record that builds on a lost one must not be called safe.
    /// </summary>
    public bool FailsUntilRewritten { get; init; }
}

/// <summary>Receives one record while a log is opened, in the order of writing.</summary>
/// <param name="record">The record's bytes, valid during the call only.</param>
public delegate void AppendLogReplay(ReadOnlySpan<byte> record);
