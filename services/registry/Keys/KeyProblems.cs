using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Keys;

/// <summary>Why nothing was done with a key.</summary>
internal static class KeyProblems
{
    public static ProblemHttpResult UnknownDevice(string municipality, string device)
        => Problem.NotFound("unknown-device", "There is no such device.",
            $"'{device}' is not registered in {municipality}. Nothing was changed; register it with POST devices, or in the manifest.");

    public static ProblemHttpResult OverlapOutOfRange(double most)
        => Problem.BadRequest("overlap-out-of-range", "The overlap is out of range.", $"Give overlapSeconds as a number from 0 to {most:0}. Nothing was changed.");

    public static ProblemHttpResult RequestIdTooLong(int most)
        => Problem.BadRequest("idempotency-key-malformed", "The Idempotency-Key is malformed.", $"Give 1 to {most} visible ASCII characters, such as a UUID. Nothing was changed.");
}
