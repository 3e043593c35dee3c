using System.Text.Json;

namespace SmartCity.Contracts.Towns;

/// <summary>
/// One municipality: what its staff write in <c>municipality.yaml</c>, and what every service reads. A list that is left
/// out of a manifest (null there) is left as it is; an empty one means that there are none.
/// </summary>
public sealed record Town
{
    /// <summary>6-digit local-government code with check digit.</summary>
    public required string Code { get; init; }

    /// <summary>Name by language: <c>ja</c>, <c>ja-Hira</c> (kana), <c>en</c>.</summary>
    public required LocalizedText Name { get; init; }

    public required double LatitudeDegrees { get; init; }

    public required double LongitudeDegrees { get; init; }

    /// <summary>GeoJSON Polygon or MultiPolygon of the municipality, or null if not given.</summary>
    public JsonElement? Boundary { get; init; }

    /// <summary>Languages of the town's residents, the first for those who chose none.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["ja"];

    /// <summary>The services that the town has onboarded, with their settings.</summary>
    public required IReadOnlyList<TownService> Services { get; init; }

    /// <summary>CAP sender of the town's alerts, an address of the town: <c>bousai@example.lg.jp</c>.</summary>
    public string AlertSender { get; init; } = "";

    public IReadOnlyList<AlertRule> Rules { get; init; } = [];

    public IReadOnlyList<AlertPolicy> Policies { get; init; } = [];

    /// <summary>Bulletins of the Japan Meteorological Agency, or null: all that concern the prefecture or the town are published.</summary>
    public BulletinSettings? Bulletins { get; init; }

    /// <summary>What all devices of a kind have in common; a kind that is not here needs nothing.</summary>
    public IReadOnlyList<DeviceKind> DeviceKinds { get; init; } = [];

    public IReadOnlyList<Device> Devices { get; init; } = [];

    public IReadOnlyList<Clinic> Clinics { get; init; } = [];

    public IReadOnlyList<TransitFeed> TransitFeeds { get; init; } = [];

    /// <summary>Shelter file (CSV or GeoJSON in the government's forms), one of <see cref="Files"/>, or null.</summary>
    public string? Shelters { get; init; }

    /// <summary>HTTP services of others that the gateway serves below <c>/api/{municipality}/{name}</c>.</summary>
    public IReadOnlyList<ThirdPartyService> ThirdPartyServices { get; init; } = [];

    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Origins of other sites whose pages may call this town's API, such as <c>https://www.city.example.lg.jp</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public TownLimits Limits { get; init; } = new();

    public Isolation Isolation { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal of every file that the manifest names, by the name it gives.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the town has onboarded a service of the platform.</summary>
    /// <param name="appId">One of <see cref="AppIds"/>.</param>
    public bool Offers(string appId) => Services.Any(service => service.Name == appId);
}

/// <summary>How the town's rows are kept apart from other towns'.</summary>
public enum Isolation
{
    /// <summary>In the same tables, each row with its municipality.</summary>
    Shared,

    /// <summary>In a database of its own.</summary>
    Database,
}
