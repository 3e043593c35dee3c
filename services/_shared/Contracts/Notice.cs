namespace SmartCity.Contracts;

/// <summary>What was found in something that a person handed in: a manifest, a CSV file, a feed.</summary>
/// <param name="Code">Stable, in kebab-case.</param>
/// <param name="Severity">Only errors keep it from being taken.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
public sealed record Notice(string Code, NoticeSeverity Severity, string Message)
{
    /// <summary>Name of the file, when there are several.</summary>
    public string? File { get; init; }

    /// <summary>Line from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Column from 1; of a CSV file, the field's number.</summary>
    public int? Column { get; init; }

    /// <summary>Path of the field, such as <c>devices[3].id</c>, or the column's heading.</summary>
    public string? Field { get; init; }

    /// <summary>What stands there.</summary>
    public string? Value { get; init; }
}

/// <summary>How much a <see cref="Notice"/> matters.</summary>
public enum NoticeSeverity
{
    Info,
    Warning,
    Error,
}
