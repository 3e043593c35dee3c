using System.Text.Json.Nodes;
using SmartCity.Telemetry.NgsiLd.Answers;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>A subscription as it is answered: its definition, and what the system says of it (clauses 5.2.12 and 5.2.14).</summary>
internal static class SubscriptionRenderer
{
    /// <param name="plan">Null for one that is no longer allowed, such as one whose receiver is now inside: nothing is sent for it.</param>
    public static JsonObject Render(NgsiSubscription row, SubscriptionPlan? plan, DateTimeOffset now, bool sysAttrs)
    {
        var json = (JsonObject)JsonNode.Parse(row.Definition)!;
        json["isActive"] = plan is { IsActive: true };
        json["status"] = plan is null ? "paused" : plan.IsExpired(now) ? "expired" : plan.IsActive ? "active" : "paused";
        var notification = (JsonObject)json["notification"]!;
        notification["status"] = row.FailuresInARow > 0 || row.LastFailure > (row.LastSuccess ?? DateTimeOffset.MinValue) ? "failed" : "ok";
        if (row.TimesSent > 0)
        {
            notification["timesSent"] = row.TimesSent;
            notification["timesFailed"] = row.TimesFailed;
        }

        AddTime(notification, "lastNotification", row.LastNotification);
        AddTime(notification, "lastSuccess", row.LastSuccess);
        AddTime(notification, "lastFailure", row.LastFailure);
        if (sysAttrs)
        {
            AddTime(json, "createdAt", row.CreatedAt);
            AddTime(json, "modifiedAt", row.ModifiedAt);
        }

        return json;
    }

    private static void AddTime(JsonObject json, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json[name] = NgsiTime.Text(given);
        }
    }
}
