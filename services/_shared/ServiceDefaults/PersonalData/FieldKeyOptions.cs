namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Configuration section <c>FieldKeys</c>: the keys that personal fields are encrypted with.</summary>
public sealed record FieldKeyOptions
{
    public const string Section = "FieldKeys";

    /// <summary>
    /// File with the keys (<see cref="FieldKeys"/>). Where it is missing it is made, readable for its owner only. Not set:
    /// <c>field-keys.json</c> beside an SQLite database; with PostgreSQL it must be set in production.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The keys themselves, in the file's form, from a secret store; goes before the file.</summary>
    public string? Json { get; init; }
}
