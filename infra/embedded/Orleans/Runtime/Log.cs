using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>What the runtime logs.</summary>
internal sealed partial class Log(ILogger logger)
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} failed to activate")]
    public partial void ActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} failed in OnDeactivateAsync")]
    public partial void DeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} failed to dispose its instance or services")]
    public partial void DisposeFailed(GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} is deactivated: its stored state changed since it was read")]
    public partial void DeactivatedInconsistent(GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Response did not arrive on time for {Call}")]
    public partial void ResponseTimedOut(string call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} failed, and nobody waits for its result")]
    public partial void UnobservedFailure(string call, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The host stopped with {Count} activations still busy")]
    public partial void StoppedWithActivations(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rule of [MayInterleave] failed for {Call}, which waits for its turn instead")]
    public partial void InterleaveFailed(string call, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {GrainId} gets a new activation: the old one has been processing a request for too long and is likely stuck")]
    public partial void Abandoned(GrainId grainId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminder {Reminder} of grain {GrainId} failed; it ticks again after its period")]
    public partial void ReminderFailed(string reminder, GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal in {Directory} could not be made smaller; it grows until the next attempt")]
    public partial void CompactionFailed(string directory, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal in {Directory} ended in {Bytes} bytes of an unfinished write, which were set aside")]
    public partial void TornJournal(string directory, long bytes);
}
