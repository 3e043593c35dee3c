namespace Dapr.AspNetCore;

/// <summary>A handler's answer to a bulk: what became of each event. One it does not name comes again.</summary>
public class BulkSubscribeAppResponse(List<BulkSubscribeAppResponseEntry> statuses)
{
    /// <summary>One status for each event.</summary>
    public List<BulkSubscribeAppResponseEntry> Statuses { get; } = statuses;
}

/// <summary>What became of one event.</summary>
public class BulkSubscribeAppResponseEntry(string entryId, BulkSubscribeAppResponseStatus status)
{
    /// <summary>The event's id in the bulk.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>The status' name.</summary>
    public string Status { get; } = status.ToString();
}

/// <summary>Verdicts on an event.</summary>
public enum BulkSubscribeAppResponseStatus
{
    /// <summary>It is done.</summary>
    SUCCESS,

    /// <summary>It is to come again.</summary>
    RETRY,

    /// <summary>It is not wanted: to the dead-letter topic, if there is one.</summary>
    DROP,
}
