using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Finds the path of an event (Dapr docs, "Route messages to different event handlers").</summary>
internal static class EventRouter
{
    // Published data may be as deep as readers allow by default, and the envelope goes around it.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    /// <summary>The path of the first rule that holds, else the default path, else null.</summary>
    public static string? PathOf(Subscription subscription, byte[] cloudEvent)
    {
        if (subscription.Rules.Count == 0)
        {
            return subscription.DefaultPath;
        }

        using var document = JsonDocument.Parse(cloudEvent, Deep);
        foreach (var rule in subscription.Rules)
        {
            if (CelExpression.Parse(rule.Match).IsTrueFor(document.RootElement))
            {
                return rule.Path;
            }
        }

        return subscription.DefaultPath;
    }

    /// <summary>The outcome for raw bytes where CloudEvents are wanted.</summary>
    public static DeliveryOutcome NotRaw { get; } = new(DeliveryResult.Drop, "it is raw bytes and the subscription does not ask for raw payloads");

    /// <summary>The outcome without a path: passed over, as upstream, as such an app wants only what its rules match.</summary>
    public static DeliveryOutcome Unrouted(Subscription subscription) => subscription.DeadLetterTopic is null
        ? new DeliveryOutcome(DeliveryResult.Success)
        : new DeliveryOutcome(DeliveryResult.Drop, "it matches no route of the subscription");
}
