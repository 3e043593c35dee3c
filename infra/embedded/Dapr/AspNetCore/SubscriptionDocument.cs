using System.Text.Json;
using System.Text.Json.Serialization;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace Dapr;

/// <summary>One entry of the answer to <c>GET /dapr/subscribe</c> (Dapr docs, "Programmatic subscriptions").</summary>
internal sealed record SubscriptionDocument(
    string Topic, string PubsubName, string? Route, SubscriptionRoutes? Routes, Dictionary<string, string>? Metadata, string? DeadLetterTopic,
    SubscriptionBulk? BulkSubscribe = null)
{
    public static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Collects the topics of all endpoints; several rules for one topic become one entry.</summary>
    public static SubscriptionDocument[] Of(IEnumerable<Endpoint> endpoints, SubscribeOptions options, ILogger logger)
        => [.. endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<ITopicMetadata>().Select(topic => new TopicOfEndpoint(topic, endpoint)))
            .GroupBy(t => (t.Topic.PubsubName, t.Topic.Name))
            .OrderBy(g => g.Key.PubsubName, StringComparer.Ordinal).ThenBy(g => g.Key.Name, StringComparer.Ordinal)
            .Select(group => Of([.. group.OrderBy(t => t.Topic.Priority)], options, logger))];

    private static SubscriptionDocument Of(TopicOfEndpoint[] topics, SubscribeOptions options, ILogger logger)
    {
        var first = topics[0].Topic;
        var rules = topics.Where(t => !string.IsNullOrEmpty(t.Topic.Match)).ToList();
        var defaults = topics.Where(t => string.IsNullOrEmpty(t.Topic.Match)).Select(t => t.Path).ToList();
        if (defaults.Count > 1)
        {
            TopicLog.DuplicateDefault(logger, first.Name, first.PubsubName);
        }

        foreach (var duplicate in rules.GroupBy(t => t.Topic.Priority).Where(g => g.Count() > 1))
        {
            TopicLog.DuplicatePriority(logger, first.Name, first.PubsubName, duplicate.Key, duplicate.Count());
        }

        var separator = topics.Select(t => t.Separator).FirstOrDefault(s => !string.IsNullOrEmpty(s)) ?? ",";
        var metadata = topics.SelectMany(t => t.Metadata).GroupBy(m => m.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Join(separator, g.Select(m => m.Value).Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);
        if (options.EnableRawPayload || topics.Any(t => t.IsRaw))
        {
            metadata["rawPayload"] = "true";
        }

        var routes = rules.Count == 0 ? null : new SubscriptionRoutes(
            [.. rules.Select(t => new SubscriptionRule(t.Topic.Match!, t.Path))], defaults.FirstOrDefault());
        return new SubscriptionDocument(first.Name, first.PubsubName, routes is null ? defaults.FirstOrDefault() : null, routes,
            metadata.Count == 0 ? null : metadata, topics.Select(t => t.DeadLetterTopic).FirstOrDefault(d => d is not null),
            topics[0].Bulk);
    }

    private sealed record TopicOfEndpoint(ITopicMetadata Topic, RouteEndpoint Endpoint)
    {
        public bool IsRaw => Topic is IRawTopicMetadata { EnableRawPayload: true };

        public string? DeadLetterTopic => (Topic as IDeadLetterTopicMetadata)?.DeadLetterTopic;

        public SubscriptionBulk? Bulk => Endpoint.Metadata.GetOrderedMetadata<IBulkSubscribeMetadata>()
            .Where(m => string.Equals(m.TopicName, Topic.Name, StringComparison.Ordinal))
            .Select(m => new SubscriptionBulk(Enabled: true, m.MaxMessagesCount, m.MaxAwaitDurationMs)).FirstOrDefault();

        public string? Separator => (Topic as IOwnedOriginalTopicMetadata)?.MetadataSeparator;

        public IEnumerable<IOriginalTopicMetadata> Metadata => Endpoint.Metadata.GetOrderedMetadata<IOriginalTopicMetadata>()
            .Where(m => string.IsNullOrEmpty(m.Id) || (Topic as IOwnedOriginalTopicMetadata)?.OwnedMetadatas?.Contains(m.Id, StringComparer.Ordinal) == true);

        /// <exception cref="InvalidOperationException">The route has parameters, so no event could be posted to it.</exception>
        public string Path => string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is RoutePatternLiteralPart literal
                ? literal.Content
                : throw new InvalidOperationException($"The route '{Endpoint.RoutePattern.RawText}' of topic '{Topic.Name}' has a parameter.")))));
    }
}

/// <summary>Rules in order of priority, and where events go that match none.</summary>
internal sealed record SubscriptionRoutes(SubscriptionRule[] Rules, string? Default);

/// <summary>A CEL expression and the path for events that fulfil it.</summary>
internal sealed record SubscriptionRule(string Match, string Path);

/// <summary>How the topic's events are put together.</summary>
internal sealed record SubscriptionBulk(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs);
