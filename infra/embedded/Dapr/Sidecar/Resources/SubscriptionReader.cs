using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads resources of kind Subscription, v1alpha1 (one route) and v2alpha1 (routes with rules).</summary>
internal static class SubscriptionReader
{
    public static Subscription? Read(ResourceDocument document, ILogger logger)
    {
        var fields = document.Root.Fields("spec", isRequired: true);
        document.Root.RefuseOthers();
        if (fields is not { } spec)
        {
            return null;
        }

        var topic = spec.Text("topic", isRequired: true);
        var pubsub = spec.Text("pubsubname", isRequired: true);
        var deadLetterTopic = spec.Text("deadLetterTopic");
        var metadata = spec.Fields("metadata");
        var isRaw = IsRaw(metadata);
        var bulk = BulkOf(spec.Fields("bulkSubscribe"));
        var (rules, defaultPath) = document.ApiVersion == "dapr.io/v1alpha1"
            ? ([], spec.Text("route", isRequired: true))
            : RoutesOf(spec.Fields("routes", isRequired: true));
        spec.RefuseOthers();
        foreach (var name in metadata?.Names.Where(n => !n.Equals("rawPayload", StringComparison.OrdinalIgnoreCase)) ?? [])
        {
            Log.ResourceFieldIgnored(logger, document.Place, $"spec.metadata.{name}");
        }

        return topic is null || pubsub is null
            ? null
            : new Subscription(pubsub, topic, rules, Rooted(defaultPath), string.IsNullOrEmpty(deadLetterTopic) ? null : deadLetterTopic, isRaw) { Bulk = bulk };
    }

    private static bool IsRaw(YamlFields? metadata)
        => metadata?.Names.FirstOrDefault(n => n.Equals("rawPayload", StringComparison.OrdinalIgnoreCase)) is { } name && metadata.Boolean(name);

    private static BulkDelivery? BulkOf(YamlFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var isEnabled = fields.Boolean("enabled");
        var bulk = BulkDelivery.Of(fields.Integer("maxMessagesCount"), fields.Integer("maxAwaitDurationMs"));
        fields.RefuseOthers();
        return isEnabled ? bulk : null;
    }

    private static (List<SubscriptionRule> Rules, string? DefaultPath) RoutesOf(YamlFields? routes)
    {
        var rules = new List<SubscriptionRule>();
        string? defaultPath = null;
        if (routes is null)
        {
            return (rules, defaultPath);
        }

        defaultPath = routes.Text("default");
        foreach (var rule in routes.List("rules"))
        {
            var match = rule.Text("match") ?? "";
            var path = rule.Text("path", isRequired: true);
            rule.RefuseOthers();
            if (CelExpression.FaultOf(match) is { } fault)
            {
                rule.Fault("match", $"'{match}' cannot be evaluated: {fault}");
            }

            rules.Add(new SubscriptionRule(match, Rooted(path) ?? ""));
        }

        routes.RefuseOthers();
        if (rules.Count == 0 && string.IsNullOrEmpty(defaultPath))
        {
            routes.Fault("default", "is missing, and there is no rule");
        }

        return (rules, defaultPath);
    }

    private static string? Rooted(string? path) => string.IsNullOrEmpty(path) ? null : path.StartsWith('/') ? path : "/" + path;
}
