using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>What a grain holds of a reminder: its name and the version that it registered.</summary>
[GenerateSerializer, Immutable]
internal sealed record ReminderHandle([property: Id(0)] GrainId GrainId, [property: Id(1)] string ReminderName, [property: Id(2)] string ETag)
    : IGrainReminder;
