using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Finds the path of an event (Dapr docs, "Route messages to different event handlers").</summary>
internal static class EventRouter
{
    /// <summary>The path of the first rule that holds, else the default path, else null.</summary>
    public static string? PathOf(Subscription subscription, byte[] cloudEvent)
    {
        if (subscription.Rules.Count == 0)
        {
            return subscription.DefaultPath;
        }

        using var document = JsonDocument.Parse(cloudEvent);
        foreach (var rule in subscription.Rules)
        {
            if (CelExpression.Parse(rule.Match).IsTrueFor(document.RootElement))
            {
                return rule.Path;
            }
        }

        return subscription.DefaultPath;
    }
}
