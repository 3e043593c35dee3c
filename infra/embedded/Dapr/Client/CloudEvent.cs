using System.Text.Json.Serialization;

namespace Dapr;

/// <summary>Attributes that a publisher sets itself; what it leaves out the sidecar sets.</summary>
public class CloudEvent
{
    /// <summary>CloudEvents 1.0 <c>source</c>; <c>Dapr</c> when null, as upstream.</summary>
    [JsonPropertyName("source")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? Source { get; init; }

    /// <summary>CloudEvents 1.0 <c>type</c>; <c>com.dapr.event.sent</c> when null.</summary>
    [JsonPropertyName("type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>CloudEvents 1.0 <c>subject</c>.</summary>
    [JsonPropertyName("subject")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }
}

/// <summary>A CloudEvent with data, published as <c>application/cloudevents+json</c>.</summary>
public class CloudEvent<TData>(TData data) : CloudEvent
{
    /// <summary>The data.</summary>
    [JsonPropertyName("data")]
    public TData Data { get; } = data;

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; } = "application/json";
}
