using Orleans;
using Orleans.Storage;

namespace SmartCity.Embedded.Grains;

/// <summary>What all storages do alike.</summary>
internal static class StateRecords
{
    /// <summary>Sets the state of a grain that has no record.</summary>
    public static void Empty<T>(IGrainState<T> grainState)
    {
        grainState.State = StateFactory<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <summary>Throws unless the grain holds the stored version.</summary>
    public static void Check(string? stored, string? held)
    {
        if (!string.Equals(stored, held, StringComparison.Ordinal))
        {
            throw Mismatch(stored, held);
        }
    }

    public static InconsistentStateException Mismatch(string? stored, string? held) =>
        new("The stored state changed since it was read.", stored, held);
}
