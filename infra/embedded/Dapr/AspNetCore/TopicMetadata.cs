namespace Dapr;

/// <summary>Endpoint metadata: the topic whose events the endpoint handles.</summary>
public interface ITopicMetadata
{
    /// <summary>The topic.</summary>
    string Name { get; }

    /// <summary>The pub/sub component.</summary>
    string PubsubName { get; }

    /// <summary>CEL expression that an event must fulfil, or null for the topic's default route.</summary>
    string? Match { get; }

    /// <summary>Rules are tried from the lowest priority number up.</summary>
    int Priority { get; }
}

/// <summary>Endpoint metadata: whether events come without a CloudEvents envelope from their publisher.</summary>
public interface IRawTopicMetadata
{
    /// <summary>True when the payload is not a CloudEvent; the sidecar then wraps the bytes as <c>data_base64</c>.</summary>
    bool? EnableRawPayload { get; }
}

/// <summary>Endpoint metadata: which subscription metadata belong to the topic, and how equal names are joined.</summary>
public interface IOwnedOriginalTopicMetadata
{
    /// <summary>Ids of the <see cref="IOriginalTopicMetadata"/> that belong to this topic.</summary>
    string[]? OwnedMetadatas { get; }

    /// <summary>Joins values of the same name, by default a comma.</summary>
    string? MetadataSeparator { get; }
}

/// <summary>Endpoint metadata: one name and value for the pub/sub component.</summary>
public interface IOriginalTopicMetadata
{
    /// <summary>Its id; without one it belongs to every topic of the endpoint.</summary>
    string? Id { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Its value.</summary>
    string Value { get; }
}

/// <summary>Endpoint metadata: where events go that cannot be delivered.</summary>
public interface IDeadLetterTopicMetadata
{
    /// <summary>The dead-letter topic, or null.</summary>
    string? DeadLetterTopic { get; }
}
