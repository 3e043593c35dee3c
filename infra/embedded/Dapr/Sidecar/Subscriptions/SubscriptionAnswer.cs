using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads an app's answer to <c>GET /dapr/subscribe</c> (Dapr docs, "Programmatic subscriptions").</summary>
internal static class SubscriptionAnswer
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    /// <summary>The usable subscriptions; for every other one, why not.</summary>
    /// <exception cref="JsonException">The answer is not the expected JSON.</exception>
    public static (List<Subscription> Subscriptions, List<string> Faults) Read(ReadOnlySpan<byte> json, string appId, ComponentCatalog catalog)
    {
        var subscriptions = new List<Subscription>();
        var faults = new List<string>();
        foreach (var entry in JsonSerializer.Deserialize<List<Entry?>>(json, JsonOptions) ?? [])
        {
            if (FaultOf(entry, appId, catalog, subscriptions) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                subscriptions.Add(entry!.ToSubscription());
            }
        }

        return (subscriptions, faults);
    }

    private static string? FaultOf(Entry? entry, string appId, ComponentCatalog catalog, List<Subscription> others)
    {
        if (entry is null || string.IsNullOrEmpty(entry.Topic))
        {
            return "a subscription has no topic";
        }

        if (entry.Pubsubname is null || catalog.PubsubFor(appId, entry.Pubsubname) is not { } pubsub)
        {
            return $"topic {entry.Topic} is of pubsub '{entry.Pubsubname}', which does not exist or is not in the app's scope";
        }

        if (!pubsub.Topics.MaySubscribe(appId, entry.Topic))
        {
            return $"topic {entry.Topic} of pubsub {entry.Pubsubname} is not allowed for the app";
        }

        if (!string.IsNullOrEmpty(entry.DeadLetterTopic) && !pubsub.Topics.MayPublish(appId, entry.DeadLetterTopic))
        {
            return $"dead-letter topic {entry.DeadLetterTopic} of pubsub {entry.Pubsubname} is not allowed for the app";
        }

        if (others.Exists(o => o.TopicKey == new TopicKey(entry.Pubsubname, entry.Topic)))
        {
            return $"topic {entry.Topic} is there twice; the first counts";
        }

        foreach (var rule in entry.RulesOrEmpty)
        {
            if (string.IsNullOrEmpty(rule.Path))
            {
                return $"a rule of topic {entry.Topic} has no path";
            }

            if (CelExpression.FaultOf(rule.Match ?? "") is { } fault)
            {
                return $"rule '{rule.Match}' of topic {entry.Topic} cannot be evaluated: {fault}";
            }
        }

        return entry.RulesOrEmpty.Count == 0 && string.IsNullOrEmpty(entry.DefaultPath) ? $"topic {entry.Topic} has no route" : null;
    }

    private sealed record Entry(
        string? Pubsubname, string? Topic, string? Route, EntryRoutes? Routes, Dictionary<string, JsonElement>? Metadata, string? DeadLetterTopic, EntryBulk? BulkSubscribe)
    {
        public string? DefaultPath => string.IsNullOrEmpty(Routes?.Default) ? Route : Routes.Default;

        public IReadOnlyList<EntryRule> RulesOrEmpty => Routes?.Rules ?? [];

        public Subscription ToSubscription() => new(
            Pubsubname!, Topic!, [.. RulesOrEmpty.Select(r => new SubscriptionRule(r.Match ?? "", Rooted(r.Path!)))],
            string.IsNullOrEmpty(DefaultPath) ? null : Rooted(DefaultPath),
            string.IsNullOrEmpty(DeadLetterTopic) ? null : DeadLetterTopic, IsRaw)
        {
            Bulk = BulkSubscribe is { Enabled: true } ? BulkDelivery.Of(BulkSubscribe.MaxMessagesCount, BulkSubscribe.MaxAwaitDurationMs) : null,
        };

        private bool IsRaw => Metadata?.FirstOrDefault(m => m.Key.Equals("rawPayload", StringComparison.OrdinalIgnoreCase)).Value is
        { ValueKind: not JsonValueKind.Undefined } value && string.Equals(value.ToString(), "true", StringComparison.OrdinalIgnoreCase);

        private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;
    }

    private sealed record EntryBulk(bool Enabled, int? MaxMessagesCount, int? MaxAwaitDurationMs);

    private sealed record EntryRoutes(List<EntryRule>? Rules, string? Default);

    private sealed record EntryRule(string? Match, string? Path);
}
