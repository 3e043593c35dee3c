using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Net;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Models;
using SmartCity.Telemetry.NgsiLd.Queries;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>Reads a subscription (clauses 5.2.12 to 5.2.15), or says what is wrong with it.</summary>
internal sealed class SubscriptionParser(bool allowPrivateReceivers)
{
    private const int MostEntities = 100;
    private static readonly string[] Known =
        ["id", "type", "subscriptionName", "description", "entities", "watchedAttributes", "notificationTrigger", "q", "geoQ", "isActive", "expiresAt", "throttling", "notification"];

    private static readonly string[] Unsupported = ["timeInterval", "csf", "scopeQ", "temporalQ", "lang", "datasetId", "jsonldContext", "splitEntities"];
    private static readonly string[] Triggers = ["attributeCreated", "attributeUpdated", "entityCreated", "entityUpdated"];

    public bool TryRead(JsonObject json, DateTimeOffset now, [NotNullWhen(true)] out SubscriptionPlan? plan, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        (plan, refusal) = (null, null);
        try
        {
            plan = Parse(json, now);
            return true;
        }
        catch (NotHereException exception)
        {
            refusal = NgsiProblem.NotSupported(exception.Message);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or JsonException)
        {
            refusal = NgsiProblem.BadRequest(exception is FormatException ? exception.Message : "A member of the subscription has another type than the specification gives it.");
        }

        return false;
    }

    /// <summary>A definition that was checked when it was stored, or null: what was allowed then may not be any more, such as a receiver inside.</summary>
    public SubscriptionPlan? StoredPlan(string definition, out string? fault)
    {
        try
        {
            fault = null;
            return Parse((JsonObject)JsonNode.Parse(definition)!, now: null);
        }
        catch (Exception exception) when (exception is FormatException or NotHereException)
        {
            fault = exception.Message;
            return null;
        }
    }

    private SubscriptionPlan Parse(JsonObject json, DateTimeOffset? now)
    {
        foreach (var (name, _) in json)
        {
            if (Unsupported.Contains(name, StringComparer.Ordinal))
            {
                throw new NotHereException($"The member {name} is not supported here.");
            }

            Require(Known.Contains(name, StringComparer.Ordinal), $"There is no member '{name}' of a subscription.");
        }

        Require(Text(json, "type") == "Subscription", "type is Subscription.");
        Require(Text(json, "id") is not { } id || Uri.IsWellFormedUriString(id, UriKind.Absolute), "id is a URI.");
        var entities = Array(json, "entities").Select(entity => EntityOf(entity as JsonObject ?? throw new FormatException("entities is a list of objects."))).ToList();
        Require(entities.Count <= MostEntities, $"entities has {MostEntities} entries at most.");
        var watched = Names(json, "watchedAttributes");
        Require(entities.Count > 0 || watched.Count > 0, "Say at least one of entities and watchedAttributes.");
        var trigger = Names(json, "notificationTrigger").FirstOrDefault(name => !Triggers.Contains(name, StringComparer.Ordinal));
        if (trigger is not null)
        {
            throw new NotHereException($"The trigger {trigger} is not supported here: nothing is ever deleted by itself.");
        }

        var throttling = json["throttling"]?.GetValue<double>() ?? 0;
        Require(!json.ContainsKey("throttling") || throttling is > 0 and <= 31_536_000, "throttling is a number of seconds above 0.");
        DateTimeOffset? expires = null;
        if (Text(json, "expiresAt") is { } text)
        {
            Require(NgsiTime.TryParse(text, out var at) && (now is null || at > now), "expiresAt is a time to come, such as 2030-01-01T00:00:00Z.");
            expires = at;
        }

        var notification = json["notification"] as JsonObject ?? throw new FormatException("notification is missing.");
        var (form, endpoint, accept) = NotificationOf(notification);
        return new SubscriptionPlan(
            entities, watched, QOf(json), GeoOf(json), json["isActive"]?.GetValue<bool>() ?? true, expires, TimeSpan.FromSeconds(throttling), form, endpoint, accept);
    }

    private (Representation Form, Uri Endpoint, string Accept) NotificationOf(JsonObject notification)
    {
        var strange = notification.Select(member => member.Key).FirstOrDefault(name => name is not ("attributes" or "format" or "endpoint"));
        if (strange is not null)
        {
            throw new NotHereException($"The member notification.{strange} is not supported here.");
        }

        var format = Text(notification, "format") ?? "normalized";
        Require(format is "normalized" or "keyValues" or "simplified" or "concise", "notification.format is normalized, keyValues, simplified or concise.");
        var endpoint = notification["endpoint"] as JsonObject ?? throw new FormatException("notification.endpoint is missing.");
        var other = endpoint.Select(member => member.Key).FirstOrDefault(name => name is not ("uri" or "accept"));
        if (other is not null)
        {
            throw new NotHereException($"The member notification.endpoint.{other} is not supported here.");
        }

        var accept = Text(endpoint, "accept") ?? NgsiAnswer.Json;
        Require(accept is NgsiAnswer.Json or NgsiAnswer.JsonLd, "notification.endpoint.accept is application/json or application/ld+json.");
        return (new Representation(format is "keyValues" or "simplified", format == "concise", SysAttrs: false, Names(notification, "attributes")), ReceiverOf(Text(endpoint, "uri")), accept);
    }

    // What a name means is looked at when connecting; an address that is given as such can be refused at once.
    private Uri ReceiverOf(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            throw new FormatException("notification.endpoint.uri is an http or https URL without a user.");
        }

        // Not every host that can be written can be asked for; this says so (UriFormatException is a FormatException).
        _ = uri.IdnHost;
        var kind = allowPrivateReceivers || !IPAddress.TryParse(uri.DnsSafeHost, out var address) ? null : AddressRanges.WhyNotPublic(address);
        Require(kind is null, $"notification.endpoint.uri leads to a {kind} address; give one of the open internet.");
        return uri;
    }

    private static EntityFilter EntityOf(JsonObject entity)
    {
        var type = Text(entity, "type");
        Require(!string.IsNullOrEmpty(type), "Every entry of entities has a type.");
        var strange = entity.Select(member => member.Key).FirstOrDefault(name => name is not ("type" or "id" or "idPattern"));
        Require(strange is null, $"There is no member '{strange}' of an entry of entities.");
        // An id may be one, or a list of several.
        IReadOnlyList<string> ids = entity["id"] switch
        {
            null => [],
            JsonArray several => [.. several.Select(one => one!.GetValue<string>())],
            var one => [one.GetValue<string>()],
        };
        return new EntityFilter
        {
            Types = [.. type!.Split([',', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => name != "*").Select(Terms.Compact)],
            Ids = ids,
            IdPattern = Text(entity, "idPattern") is { } pattern ? QParser.PatternOf(pattern) : null,
        };
    }

    private static QExpression? QOf(JsonObject json)
    {
        if (Text(json, "q") is not { } text)
        {
            return null;
        }

        // In JSON nothing is percent-encoded, but many clients send it so.
        Require(QParser.TryParse(Uri.UnescapeDataString(text), out var q, out var fault), fault ?? "");
        return q;
    }

    private static GeoQuery? GeoOf(JsonObject json)
    {
        if (json["geoQ"] is not JsonObject geo)
        {
            return null;
        }

        var coordinates = geo["coordinates"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : geo["coordinates"]?.ToJsonString();
        if (!GeoQuery.TryParse(Text(geo, "georel"), Text(geo, "geometry"), coordinates, Text(geo, "geoproperty"), out var query, out var fault, out var isUnsupported))
        {
            throw isUnsupported ? new NotHereException(fault) : new FormatException(fault);
        }

        return query;
    }

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static IEnumerable<JsonNode?> Array(JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray { Count: > 0 } array => array,
        _ => throw new FormatException($"{name} is a list with at least one entry."),
    };

    private static List<string> Names(JsonObject json, string name) => [.. Array(json, name).Select(one => Terms.Compact(one!.GetValue<string>()))];

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new FormatException(otherwise);
        }
    }

    /// <summary>In order by the specification, and not here.</summary>
    private sealed class NotHereException(string message) : Exception(message);
}
