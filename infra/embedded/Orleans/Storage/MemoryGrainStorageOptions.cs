namespace Orleans.Configuration;

/// <summary>Options of a storage in memory; the embedded engine needs none of upstream's.</summary>
public class MemoryGrainStorageOptions
{
    /// <summary>Accepted for compatibility: the embedded storage is one table.</summary>
    public int NumStorageGrains { get; set; } = 10;
}
