using SmartCity.Alerts.Cap;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Import;

/// <summary>A message of another authority for a town: checked already, of whatever form it came in.</summary>
public sealed record ForeignAlert
{
    /// <summary>The message as CAP. Its sender, identifier and time are its identity.</summary>
    public required CapAlert Alert { get; init; }

    /// <summary>Token subject of who handed it in, or the name of the feed that brought it.</summary>
    public required string ImportedBy { get; init; }

    /// <summary>The CAP document as it came, or null where it came in another form: it is then written from <see cref="Alert"/>.</summary>
    public string? CapXml { get; init; }

    /// <summary>The authority by a name that people know, such as <c>JMA</c>; null: its CAP sender.</summary>
    public string? Origin { get; init; }

    /// <summary>Hazard key, where the form that it came in tells it; null: as CAP's codes and words tell.</summary>
    public string? Hazard { get; init; }

    /// <summary>Japanese alert level, where the form that it came in states one of its own; CAP parameters of others never do.</summary>
    public int? Level { get; init; }

    /// <summary>Its words in every language of the platform, where the form that it came in tells more than CAP carries; null: those of its info blocks.</summary>
    public IReadOnlyList<AlertInfoView>? Words { get; init; }

    /// <summary>What was found in it when it was read, kept with it.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>Whether the form that it came in tells that it holds now, whatever was sent after it: a warning that a later forecast overtook.</summary>
    public bool IsNewest { get; init; }
}

/// <summary>What became of a message.</summary>
/// <param name="Outcome">As it was decided when it came first.</param>
/// <param name="Id">Names the message here.</param>
/// <param name="View">As people see it; null where they don't.</param>
/// <param name="Notices">Those it came with, and what happened to it here.</param>
public sealed record ForeignResult(ForeignOutcome Outcome, string Id, AlertView? View, IReadOnlyList<Notice> Notices)
{
    /// <summary>The same message had come before: nothing was added.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>What happened to a message.</summary>
public enum ForeignOutcome
{
    /// <summary>A new alert began.</summary>
    Issued,

    /// <summary>It replaced what an alert said.</summary>
    Updated,

    /// <summary>It ended an alert.</summary>
    Cancelled,

    /// <summary>It came after the message that replaces or ends it: recorded, never shown as in force, never delivered.</summary>
    Superseded,

    /// <summary>It was over when it came: recorded, never delivered.</summary>
    Expired,

    /// <summary>Not for the public, or about nothing that is known here: stored, shown to nobody.</summary>
    Kept,

    /// <summary>It names this town as its sender, and the town did not issue it: nothing was saved.</summary>
    NotIssuedHere,

    /// <summary>Another text has the same sender, identifier and time: nothing was saved.</summary>
    Conflicting,
}
