using SmartCity.Contracts;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>What became of a CAP document.</summary>
/// <param name="Alert">The message, or null where the document is no CAP 1.2 at all. With errors it is not to be used.</param>
/// <param name="Text">The document as text that declares UTF-8, as it is kept; null where its bytes are none.</param>
/// <param name="Notices">Everything that is wrong with it, errors and warnings.</param>
public sealed record CapReading(CapAlert? Alert, string? Text, IReadOnlyList<Notice> Notices)
{
    /// <summary>Whether nothing but warnings were found.</summary>
    public bool IsUsable => Alert is not null && Notices.All(notice => notice.Severity != NoticeSeverity.Error);
}
