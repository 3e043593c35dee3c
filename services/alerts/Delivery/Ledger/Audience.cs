using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>Who is told of a message, as a condition on <c>subscription s</c>.</summary>
/// <param name="Condition">SQL with named values.</param>
/// <param name="Values">The values.</param>
internal sealed record Audience(string Condition, IReadOnlyList<(string Name, object? Value)> Values)
{
    /// <summary>
    /// Every subscription of <c>@municipality</c> with the address that is tried first; a further condition follows. Whoever
    /// plans deliveries and whoever only counts them takes both from here, so that the two cannot differ.
    /// </summary>
    public const string Subscriptions = """
        FROM subscription s JOIN subscription_address a ON a.subscription_id = s.id
         AND a.rank = (SELECT MIN(b.rank) FROM subscription_address b WHERE b.subscription_id = s.id AND b.confirmed_at IS NOT NULL)
        WHERE s.municipality = @municipality
        """;

    // Whom an earlier message of the chain reached, or may have reached.
    private const string ToldBefore = """
        EXISTS (SELECT 1 FROM delivery_plan p JOIN delivery e ON e.sequence = p.sequence AND e.subscription_id = s.id
                WHERE p.alert_id = @alert AND p.sequence < @sequence AND (e.state = 'sending' OR e.maybe_arrived))
        """;

    /// <summary>
    /// A first message goes to those who asked for such; an update to them and to whom the alert has reached before, so that
    /// nobody is left with what no longer holds; a cancel to the latter only.
    /// </summary>
    /// <param name="town">Whose districts count; null where it is served no more.</param>
    public static Audience Of(Town? town, DeliveryPlan plan)
    {
        if (plan.IsSelfTest)
        {
            return new("s.is_test_recipient", []);
        }

        var wished = Wished(town, plan.View());
        return plan.MsgType switch
        {
            nameof(CapMsgType.Alert) => wished,
            nameof(CapMsgType.Cancel) => new(ToldBefore, Chain(plan)),
            _ => new($"(({wished.Condition}) OR {ToldBefore})", [.. wished.Values, .. Chain(plan)]),
        };
    }

    private static (string Name, object? Value)[] Chain(DeliveryPlan plan) => [("@alert", plan.AlertId), ("@sequence", plan.Sequence)];

    private static Audience Wished(Town? town, AlertView view)
    {
        var conditions = new List<string> { "s.minimum_level <= @weight", "(s.hazards IS NULL OR s.hazards LIKE @hazard)" };
        var values = new List<(string Name, object? Value)> { ("@weight", AlertWeight.Of(view)), ("@hazard", $"%,{view.Hazard},%") };
        if (town is not null && DistrictReach.Missed(town, view.Area) is { Count: > 0 } missed)
        {
            conditions.Add("(s.district IS NULL OR @missed NOT LIKE '%,' || s.district || ',%')");
            values.Add(("@missed", $",{string.Join(',', missed)},"));
        }

        // Exercises and tests go to those alone who asked for drills.
        if (view.Status != nameof(CapStatus.Actual))
        {
            conditions.Add("s.drills");
        }

        return new(string.Join(" AND ", conditions), values);
    }
}

/// <summary>What is held against a subscription's <c>minimumLevel</c>.</summary>
internal static class AlertWeight
{
    /// <returns>
    /// 1 to 5: the Japanese alert level, or where another authority's alert has none, what CAP says of its severity.
    /// A level is not derived from it: it only decides who is told. What nobody graded is told to all.
    /// </returns>
    public static int Of(AlertView view) => view.Level ?? view.Severity switch
    {
        nameof(CapSeverity.Extreme) => 5,
        nameof(CapSeverity.Severe) => 4,
        nameof(CapSeverity.Moderate) => 3,
        nameof(CapSeverity.Minor) => 2,
        _ => 5,
    };
}
