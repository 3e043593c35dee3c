using System.ComponentModel.DataAnnotations;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Configuration section <c>Registry</c>: how a service learns of its towns.</summary>
public sealed record RegistryFeedOptions
{
    /// <summary>Where the last towns are kept, so that a service starts while the registry is away; null for not at all.</summary>
    public string? CacheFile { get; init; }

    /// <summary>How long the registry may hold a question open until something changes.</summary>
    [Range(0, 4)]
    public int WaitSeconds { get; init; } = 3;

    /// <summary>How long the start of a service that has no cache waits for the registry.</summary>
    [Range(0, 300)]
    public int FirstAnswerWithinSeconds { get; init; } = 15;
}
