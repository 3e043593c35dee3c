namespace SmartCity.Embedded.Orleans;

/// <summary>How a storage on the local disk behaves.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Whether a write is forced to the disk (fsync) before it is acknowledged. Without it a write survives a killed
    /// process but not a power cut.
    /// </summary>
    public bool FlushToDisk { get; set; } = true;

    /// <summary>Bytes of all records together, which are also held in memory; a write beyond it throws <see cref="IOException"/>.</summary>
    public long MaximumBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The journal is rewritten when it is longer than this and more than half of it is outdated; in bytes.</summary>
    public long CompactAboveBytes { get; set; } = 4L * 1024 * 1024;
}
