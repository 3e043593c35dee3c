namespace Dapr.AspNetCore;

/// <summary>Several events of a topic in one request.</summary>
public class BulkSubscribeMessage<TValue>
{
    /// <summary>Makes an empty message.</summary>
    public BulkSubscribeMessage()
    {
    }

    /// <summary>Makes a message.</summary>
    public BulkSubscribeMessage(List<BulkSubscribeMessageEntry<TValue>> entries, string topic, Dictionary<string, string> metadata)
        => (Entries, Topic, Metadata) = (entries, topic, metadata);

    /// <summary>The events.</summary>
    public List<BulkSubscribeMessageEntry<TValue>> Entries { get; set; } = [];

    /// <summary>The topic.</summary>
    public string Topic { get; set; } = "";

    /// <summary>Metadata of the request.</summary>
    public Dictionary<string, string> Metadata { get; set; } = [];
}

/// <summary>One event of a bulk.</summary>
public class BulkSubscribeMessageEntry<TValue>
{
    /// <summary>Makes an empty entry.</summary>
    public BulkSubscribeMessageEntry()
    {
    }

    /// <summary>Makes an entry.</summary>
    public BulkSubscribeMessageEntry(string entryId, string contentType, Dictionary<string, string> metadata, TValue eventData)
        => (EntryId, ContentType, Metadata, Event) = (entryId, contentType, metadata, eventData);

    /// <summary>The id that the answer names.</summary>
    public string EntryId { get; set; } = "";

    /// <summary>The event's media type.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>Metadata of the event.</summary>
    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary>The event, usually a <see cref="BulkMessageModel{TValue}"/>.</summary>
    public TValue Event { get; set; } = default!;
}

/// <summary>A CloudEvent in a bulk.</summary>
public class BulkMessageModel<TValue>
{
    /// <summary>Makes an empty event.</summary>
    public BulkMessageModel()
    {
    }

    /// <summary>Makes an event.</summary>
    public BulkMessageModel(string id, string source, string type, string specversion, string datacontenttype, TValue data)
        => (Id, Source, Type, Specversion, Datacontenttype, Data) = (id, source, type, specversion, datacontenttype, data);

    /// <summary>CloudEvents <c>id</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>CloudEvents <c>source</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>CloudEvents <c>type</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>CloudEvents <c>specversion</c>.</summary>
    public string Specversion { get; set; } = "";

    /// <summary>CloudEvents <c>datacontenttype</c>.</summary>
    public string Datacontenttype { get; set; } = "";

    /// <summary>The data.</summary>
    public TValue Data { get; set; } = default!;
}
