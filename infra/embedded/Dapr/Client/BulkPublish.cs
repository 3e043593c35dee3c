namespace Dapr.Client;

/// <summary>One event of a bulk publish.</summary>
public class BulkPublishEntry<TValue>(string entryId, TValue eventData, string contentType, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>Its id within the request.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>The event's data.</summary>
    public TValue EventData { get; } = eventData;

    /// <summary>The data's media type.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>The entry's own metadata.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}

/// <summary>An event of a bulk publish that was not accepted.</summary>
public class BulkPublishResponseFailedEntry<TValue>(BulkPublishEntry<TValue> entry, string errorMessage)
{
    /// <summary>The event.</summary>
    public BulkPublishEntry<TValue> Entry { get; } = entry;

    /// <summary>Why it was not accepted.</summary>
    public string ErrorMessage { get; } = errorMessage;
}

/// <summary>The outcome of a bulk publish: what is not listed here is safe.</summary>
public class BulkPublishResponse<TValue>(List<BulkPublishResponseFailedEntry<TValue>> failedEntries)
{
    /// <summary>The events that were not accepted; empty when all are safe.</summary>
    public List<BulkPublishResponseFailedEntry<TValue>> FailedEntries { get; } = failedEntries;
}
