using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Alerts;

/// <summary>The order in which people read alerts: the gravest first, then the newest.</summary>
internal static class AlertRank
{
    public static IReadOnlyList<AlertView> Sort(IEnumerable<AlertView> alerts)
        => [.. alerts.OrderByDescending(Of).ThenByDescending(alert => alert.Sent)];

    /// <summary>
    /// Only for the order: beside the town's own levels an alert without one stands by its CAP severity, below the level of equal
    /// weight. It is never shown as a level.
    /// </summary>
    private static double Of(AlertView alert) => alert.Level ?? alert.Severity switch
    {
        "Extreme" => 4.5,
        "Severe" => 3.5,
        "Moderate" => 2.5,
        "Minor" => 1.5,
        _ => 0.5,
    };
}
