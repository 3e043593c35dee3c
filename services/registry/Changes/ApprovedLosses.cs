using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;

namespace SmartCity.Registry.Changes;

/// <summary>Which losses the two people have agreed to. Pure.</summary>
internal static class ApprovedLosses
{
    /// <summary>
    /// What would be lost now without anybody having meant it: everything where nothing was to be lost, and otherwise what
    /// the plan does not name. More of the same is what they agreed to: sensors go on while a request waits.
    /// </summary>
    public static IReadOnlyList<Loss> NotAgreedTo(ChangeRequest change, IReadOnlyList<Loss> now)
        => change.AllowDestroy ? [.. now.Where(loss => !change.Plan.Losses.Any(planned => Covers(planned, loss)))] : now;

    // "Not known" was all that the entry holds.
    private static bool Covers(Loss planned, Loss loss)
        => planned.Section == loss.Section && planned.Id == loss.Id && (planned.Count is null || planned.What == loss.What);
}
