using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Registry.Changes;

/// <summary>
/// Takes a plan that waits over devices that were registered since: registering one is a single person's daily work, and
/// must not send two others back to the start. Pure.
/// </summary>
internal static class Rebase
{
    /// <summary>
    /// The municipality as the plan's own steps leave it, with the new devices beside them; null where anything but those
    /// devices is different from what was planned, or where the plan has to do with one of them.
    /// </summary>
    /// <param name="newest">In force now.</param>
    /// <param name="planned">What the plan leads to.</param>
    /// <param name="digest">Of the plan, over both states as they were: it proves that nothing else has changed.</param>
    /// <param name="registered">Ids of devices that were registered since it was filed.</param>
    public static Town? Over(Town newest, Town planned, string digest, IReadOnlySet<string> registered)
    {
        var since = newest.Devices.Where(device => registered.Contains(device.Id)).ToList();
        var old = newest with { Devices = [.. newest.Devices.Where(device => !registered.Contains(device.Id))] };
        if (since.Count == 0 || Planner.DigestOf(old, planned) != digest || planned.Devices.Any(device => registered.Contains(device.Id)))
        {
            return null;
        }

        var after = planned with { Devices = [.. planned.Devices, .. since] };
        return TownRules.Check(after, _ => (1, 1)).Any(notice => notice.Severity == NoticeSeverity.Error) ? null : after;
    }
}
