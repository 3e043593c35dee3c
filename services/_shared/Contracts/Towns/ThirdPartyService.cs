namespace SmartCity.Contracts.Towns;

/// <summary>An HTTP service that a town or a neighbour runs itself, reached through the gateway.</summary>
public sealed record ThirdPartyService
{
    /// <summary>Name in the URL: lower-case letters, digits and <c>-</c>; no name of the platform's own services.</summary>
    public required string Name { get; init; }

    public required LocalizedText Title { get; init; }

    /// <summary>http(s) addresses of its replicas; or give <see cref="AppId"/>.</summary>
    public IReadOnlyList<string> BaseUrls { get; init; } = [];

    /// <summary>Dapr app id, called through the gateway's sidecar.</summary>
    public string? AppId { get; init; }

    /// <summary>What is served; every path when empty.</summary>
    public IReadOnlyList<ThirdPartyRoute> Routes { get; init; } = [];

    /// <summary>http(s) URL of its OpenAPI document.</summary>
    public string? OpenApi { get; init; }

    /// <summary>Role that a caller needs; null for everybody, signed in or not.</summary>
    public string? RequiredRole { get; init; }

    /// <summary>Requests per second of the whole town to this service; 0 for the town's own limit alone.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>Time for a whole answer; streams are not cut.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    public long MaximumRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>Path, such as <c>/health</c>, that answers 2xx while a replica works; null for no active check.</summary>
    public string? HealthPath { get; init; }

    /// <summary>
    /// Whether an operator has agreed to targets outside the open internet. Only an operator's approval of a change sets it;
    /// what a manifest says itself does not count.
    /// </summary>
    public bool PrivateTargetsApproved { get; init; }

    /// <summary>
    /// The addresses outside the open internet that the operator saw and agreed to. Null where there are none, and for
    /// approvals from before they were kept. Set as <see cref="PrivateTargetsApproved"/> is.
    /// </summary>
    public IReadOnlyList<string>? ApprovedAddresses { get; init; }
}

/// <summary>One path of a third-party service.</summary>
public sealed record ThirdPartyRoute
{
    /// <summary>Path below the service, such as <c>/lamps/{id}</c>; a last <c>{**rest}</c> takes all below.</summary>
    public required string Path { get; init; }

    /// <summary>HTTP methods; GET and HEAD when empty.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Role that a caller of this path needs, instead of the service's.</summary>
    public string? RequiredRole { get; init; }

    /// <summary>How long the gateway may answer from memory; 0 for never. Only for what everybody may read.</summary>
    public double CacheSeconds { get; init; }

    /// <summary>Time for a whole answer of this path, instead of the service's.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Largest body that this path takes, instead of the service's.</summary>
    public long? MaximumRequestBytes { get; init; }
}
