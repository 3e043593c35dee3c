using System.Globalization;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules;

/// <summary>
/// So many of a zone's devices at once. To raise, only devices that are heard count: one gauge that is stuck high evacuates
/// nobody. To hold, a raised device that falls silent keeps its vote: a gauge that the flood takes away ends no alert.
/// </summary>
public static class ZoneEvaluator
{
    /// <summary>Takes votes into account.</summary>
    /// <param name="rule">The zone.</param>
    /// <param name="state">Where it stood; changed.</param>
    /// <param name="members">The zone's devices now; votes of others are forgotten.</param>
    /// <param name="votes">What devices say now.</param>
    /// <param name="hasChanged">Whether something that must outlive a restart changed: a vote's time alone is not stored with each reading.</param>
    public static Firing? Evaluate(
        ZoneRule rule, ZoneState state, IReadOnlyCollection<string> members, IReadOnlyList<KeyValuePair<string, ZoneVote>> votes, out bool hasChanged)
    {
        hasChanged = Take(state, members, votes);
        if (state.Votes.Count == 0)
        {
            return null;
        }

        var newest = state.Votes.Values.Max(vote => vote.At);
        var oldest = newest - TimeSpan.FromSeconds(rule.SilentAfterSeconds);
        var raised = state.Votes.Count(vote => vote.Value.IsRaised);
        var heard = state.Votes.Count(vote => vote.Value.At >= oldest);
        var raisedAndHeard = state.Votes.Count(vote => vote.Value.IsRaised && vote.Value.At >= oldest);
        var flips = state.IsRaised ? raised < rule.AtLeast : raisedAndHeard >= rule.AtLeast;
        if (!flips || state.ChangedAt == newest)
        {
            return null;
        }

        state.IsRaised = !state.IsRaised;
        state.ChangedAt = newest;
        hasChanged = true;
        var (device, deciding) = state.Votes.Where(vote => vote.Value.IsRaised == state.IsRaised)
            .OrderByDescending(vote => vote.Value.At).ThenBy(vote => vote.Key, StringComparer.Ordinal)
            .FirstOrDefault(state.Votes.MaxBy(vote => vote.Value.At));
        return new Firing(
            rule.Id,
            deciding.Metric,
            state.IsRaised ? ThresholdTransition.Raised : ThresholdTransition.Cleared,
            deciding.Value,
            deciding.Threshold,
            newest,
            $"{device}: {deciding.Reason}; {Count(rule, state, raised, raisedAndHeard, heard)}{Silent(members, state, oldest)}");
    }

    private static bool Take(ZoneState state, IReadOnlyCollection<string> members, IReadOnlyList<KeyValuePair<string, ZoneVote>> votes)
    {
        var hasChanged = false;
        foreach (var (device, vote) in votes)
        {
            hasChanged |= state.Votes.GetValueOrDefault(device)?.IsRaised != vote.IsRaised;
            state.Votes[device] = vote;
        }

        foreach (var device in state.Votes.Keys.Where(device => !members.Contains(device)).ToArray())
        {
            state.Votes.Remove(device);
            hasChanged = true;
        }

        return hasChanged;
    }

    private static string Count(ZoneRule rule, ZoneState state, int raised, int raisedAndHeard, int heard) => state.IsRaised
        ? string.Create(CultureInfo.InvariantCulture, $"confirmed by {raisedAndHeard} of {heard}")
        : string.Create(CultureInfo.InvariantCulture, $"{raised} of {heard} left, {rule.AtLeast} needed");

    private static string Silent(IReadOnlyCollection<string> members, ZoneState state, DateTimeOffset oldest)
    {
        var silent = members.Where(device => !state.Votes.TryGetValue(device, out var vote) || vote.At < oldest).Order(StringComparer.Ordinal).ToList();
        return silent.Count == 0 ? "" : $"; silent: {string.Join(", ", silent)}";
    }
}
