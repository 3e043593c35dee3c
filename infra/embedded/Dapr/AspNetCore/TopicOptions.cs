using System.Diagnostics.CodeAnalysis;

namespace Dapr;

/// <summary>A topic subscription for <c>WithTopic</c>.</summary>
public class TopicOptions
{
    /// <summary>Metadata for the pub/sub component. A field, as in the Dapr .NET SDK.</summary>
    [SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "The SDK declares a field.")]
    public IDictionary<string, string>? Metadata;

    /// <summary>The topic.</summary>
    public string Name { get; set; } = "";

    /// <summary>The pub/sub component.</summary>
    public string PubsubName { get; set; } = "";

    /// <summary>Whether the topic's events come without a CloudEvents envelope.</summary>
    public bool EnableRawPayload { get; set; }

    /// <summary>CEL expression that an event must fulfil, or null for the topic's default route.</summary>
    public string? Match { get; set; }

    /// <summary>Rules are tried from the lowest number up.</summary>
    public int Priority { get; set; }

    /// <summary>Ids of the topic's own metadata.</summary>
    public string[]? OwnedMetadatas { get; set; }

    /// <summary>Joins metadata of the same name, by default a comma.</summary>
    public string? MetadataSeparator { get; set; }

    /// <summary>Where events go that cannot be delivered.</summary>
    public string? DeadLetterTopic { get; set; }
}

/// <summary>How <c>MapSubscribeHandler</c> answers.</summary>
public class SubscribeOptions
{
    /// <summary>Asks for raw payloads in every subscription.</summary>
    public bool EnableRawPayload { get; set; }
}

/// <summary>How <c>UseCloudEvents</c> unwraps.</summary>
public class CloudEventsMiddlewareOptions
{
    /// <summary>Leaves non-JSON text as the JSON string it was sent as (the SDK's 1.0 behaviour).</summary>
    public bool SuppressJsonDecodingOfTextPayloads { get; set; }

    /// <summary>Hands the event's attributes on as <c>Cloudevent.{name}</c> request headers.</summary>
    public bool ForwardCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>Only these attributes become headers; null means all but the excluded ones.</summary>
    public string[]? IncludedCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>These attributes do not become headers; ignored when an inclusion list is set.</summary>
    public string[]? ExcludedCloudEventPropertiesFromHeaders { get; set; }
}
