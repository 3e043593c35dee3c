using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Data;

/// <summary>The version of the newest change; one row, taken and raised inside each write transaction.</summary>
public sealed class RegistryVersion
{
    public int Id { get; set; }

    public long Value { get; set; }
}

/// <summary>A municipality as it is in force.</summary>
public sealed class TownRow : ITownOwned
{
    public required string Municipality { get; set; }

    public required Town Manifest { get; set; }

    /// <summary>The registry's version at its last change.</summary>
    public required long Version { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    public bool IsRemoved { get; set; }
}

/// <summary>What somebody asked for, what it would do, and what became of it.</summary>
public sealed class ChangeRequest : ITownOwned
{
    public long Id { get; set; }

    public required string Municipality { get; set; }

    public required ChangeKind Kind { get; set; }

    public required ChangeStatus Status { get; set; }

    /// <summary>The municipality as it would be.</summary>
    public required Town Manifest { get; set; }

    public required Plan Plan { get; set; }

    public bool AllowDestroy { get; set; }

    /// <summary>Token subject.</summary>
    public required string ProposedBy { get; set; }

    public required DateTimeOffset ProposedAt { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? Reason { get; set; }

    /// <summary>The registry's version after it was applied.</summary>
    public long? Version { get; set; }

    internal ChangeView ToView() => new()
    {
        Id = Id,
        Municipality = Municipality,
        Kind = Kind,
        Status = Status,
        Plan = Plan,
        AllowDestroy = AllowDestroy,
        ProposedBy = ProposedBy,
        ProposedAt = ProposedAt,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        Reason = Reason,
        Version = Version,
    };
}

/// <summary>A file that a manifest names.</summary>
public sealed class StoredFile : ITownOwned
{
    public required string Municipality { get; set; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; set; }

    public required byte[] Content { get; set; }

    public required string UploadedBy { get; set; }

    public required DateTimeOffset UploadedAt { get; set; }
}
