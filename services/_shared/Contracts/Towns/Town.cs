using System.Text.Json;

namespace SmartCity.Contracts.Towns;

/// <summary>A region file: the municipalities that one installation serves.</summary>
public sealed record Region
{
    public required string Name { get; init; }

    public required IReadOnlyList<Town> Municipalities { get; init; }
}

/// <summary>One municipality with all that the services need to know of it.</summary>
public sealed record Town
{
    /// <summary>6-digit local-government code with check digit.</summary>
    public required string Code { get; init; }

    /// <summary>Name by language: <c>ja</c>, <c>ja-Hira</c> (kana), <c>en</c>.</summary>
    public required LocalizedText Name { get; init; }

    public required double LatitudeDegrees { get; init; }

    public required double LongitudeDegrees { get; init; }

    /// <summary>GeoJSON geometry of the municipality, or null if not given.</summary>
    public JsonElement? Boundary { get; init; }

    /// <summary>App ids of the services that the town has onboarded.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public IReadOnlyList<ThresholdRule> Rules { get; init; } = [];

    public IReadOnlyList<AlertPolicy> Policies { get; init; } = [];

    public IReadOnlyList<Device> Devices { get; init; } = [];

    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Shelter file (CSV or GeoJSON in the government's forms), relative to the region file, or null.</summary>
    public string? Shelters { get; init; }

    /// <summary>CAP sender of the town's alerts, an address of the town: <c>bousai@example.lg.jp</c>.</summary>
    public string AlertSender { get; init; } = "";
}

/// <summary>A threshold on one metric of every device of a kind.</summary>
public sealed record ThresholdRule
{
    public required string Id { get; init; }

    /// <summary>Devices it applies to.</summary>
    public required string DeviceKind { get; init; }

    public required string Metric { get; init; }

    /// <summary>Raised when the value is at or above this, in the metric's unit.</summary>
    public required double RaiseAt { get; init; }

    /// <summary>Cleared when the value is below this (hysteresis); at most <see cref="RaiseAt"/>.</summary>
    public required double ClearBelow { get; init; }

    /// <summary>How long the value must stay on the other side before the rule changes.</summary>
    public double MinimumDurationSeconds { get; init; }
}

/// <summary>What the town does when a rule is raised.</summary>
public sealed record AlertPolicy
{
    /// <summary>The <see cref="ThresholdRule.Id"/> it answers.</summary>
    public required string RuleId { get; init; }

    /// <summary>Japanese alert level 1 to 5 of the alert.</summary>
    public required int Level { get; init; }

    /// <summary>Hazard key, such as <c>flood</c>.</summary>
    public required string Hazard { get; init; }

    public required AlertAction Action { get; init; }

    /// <summary>How long the alert stays in force unless updated or cancelled.</summary>
    public double ExpiresAfterSeconds { get; init; } = 6 * 3600;
}

/// <summary>Whether a raised rule reaches residents at once or waits for an officer.</summary>
public enum AlertAction
{
    Publish,
    Draft,
}

/// <summary>A registered device.</summary>
public sealed record Device
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required LocalizedText Name { get; init; }

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }

    /// <summary>Radius around the device that its alerts concern; null for the whole municipality.</summary>
    public double? AlertRadiusMetres { get; init; }

    /// <summary>Whether the simulator plays this device unasked (demo regions only).</summary>
    public bool Simulated { get; init; }
}

/// <summary>A person of the demo region, known to the development issuer only.</summary>
/// <param name="Name">Token subject.</param>
/// <param name="Role">resident, clerk, officer, clinician, operator or service.</param>
public sealed record Person(string Name, string Role);
