using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>An event that is committed together with the change it tells of, and published afterwards.</summary>
public sealed class OutboxEvent
{
    /// <summary>Order of publication.</summary>
    public long Id { get; set; }

    /// <summary>The receivers' inboxes know the event by this.</summary>
    public required string EventId { get; set; }

    public required string Topic { get; set; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public static OutboxEvent Of<T>(string topic, string eventId, T value, DateTimeOffset now) => new()
    {
        EventId = eventId,
        Topic = topic,
        Payload = JsonSerializer.Serialize(value, CityJson.Options),
        CreatedAt = now,
    };
}

/// <summary>An event that was already taken: seeing it again changes nothing.</summary>
public sealed class InboxEvent
{
    public required string EventId { get; set; }

    public required DateTimeOffset ReceivedAt { get; set; }
}
