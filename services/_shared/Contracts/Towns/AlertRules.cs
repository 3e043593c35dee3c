using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Towns;

/// <summary>
/// Something that a town watches for in its devices' readings. A closed family: in JSON and YAML the field <c>kind</c> says
/// which one; without it a rule is a <see cref="ThresholdRule"/>.
/// </summary>
[JsonConverter(typeof(AlertRuleConverter))]
public abstract record AlertRule
{
    /// <summary>Unique within the municipality; policies and other rules name it by this.</summary>
    public required string Id { get; init; }
}

/// <summary>A rule over the readings of one device, for every device of a kind.</summary>
public abstract record DeviceRule : AlertRule
{
    /// <summary>Devices it applies to.</summary>
    public required string DeviceKind { get; init; }
}

/// <summary>A threshold on one metric, with hysteresis and a minimum duration.</summary>
public sealed record ThresholdRule : DeviceRule
{
    public required string Metric { get; init; }

    /// <summary>Raised when the value is at or above this, in the metric's unit.</summary>
    public required double RaiseAt { get; init; }

    /// <summary>Cleared when the value is below this (hysteresis); at most <see cref="RaiseAt"/>.</summary>
    public required double ClearBelow { get; init; }

    /// <summary>How long the value must stay on the other side before the rule changes.</summary>
    public double MinimumDurationSeconds { get; init; }
}

/// <summary>How fast one metric rises: the slope of the line through the readings of a window.</summary>
public sealed record RateRule : DeviceRule
{
    public required string Metric { get; init; }

    /// <summary>Length of the window; readings must cover at least half of it before the rule says anything.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Raised when the metric rises by this much in an hour, or faster.</summary>
    public required double RaiseAtPerHour { get; init; }

    /// <summary>Cleared when it rises more slowly than this; at most <see cref="RaiseAtPerHour"/>.</summary>
    public required double ClearBelowPerHour { get; init; }
}

/// <summary>No reading for a while: tells staff by <see cref="Events.DeviceSilent"/>, never residents.</summary>
public sealed record SilenceRule : DeviceRule
{
    /// <summary>Raised when nothing has arrived for so long, by the platform's clock.</summary>
    public required double AfterSeconds { get; init; }
}

/// <summary>How far one metric is from the mean of the same hour of earlier days (Japan time).</summary>
public sealed record DeviationRule : DeviceRule
{
    public required string Metric { get; init; }

    /// <summary>Raised when the difference, up or down, is at least this: in the metric's unit, or in standard deviations.</summary>
    public required double RaiseAt { get; init; }

    /// <summary>Cleared when the difference is below this; at most <see cref="RaiseAt"/>.</summary>
    public required double ClearBelow { get; init; }

    /// <summary>Whether the bounds are counted in standard deviations of the earlier days' hourly means.</summary>
    public bool InStandardDeviations { get; init; }

    /// <summary>So many earlier days must have the hour before the rule says anything; at most 14 are kept.</summary>
    public int MinimumDays { get; init; } = 3;
}

/// <summary>Other rules of the same device taken together.</summary>
public sealed record CompositeRule : DeviceRule
{
    public required RuleCombination Combine { get; init; }

    /// <summary>Ids of threshold, rate, deviation or composite rules of the same <see cref="DeviceRule.DeviceKind"/>.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The same rule read again is equal to this one, list and all.</summary>
    public bool Equals(CompositeRule? other)
        => base.Equals(other) && Combine == other.Combine && Rules.SequenceEqual(other.Rules, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Combine, Rules.Count);
}

/// <summary>When a <see cref="CompositeRule"/> is raised.</summary>
public enum RuleCombination
{
    /// <summary>All of its rules are raised.</summary>
    All,

    /// <summary>At least one of them is.</summary>
    Any,

    /// <summary>None of them is.</summary>
    None,
}

/// <summary>
/// So many devices of a zone at once, so that one broken gauge evacuates nobody. Either the devices are listed, or a
/// circle takes those of the member rule's kind that stand in it.
/// </summary>
public sealed record ZoneRule : AlertRule
{
    /// <summary>Before the id in <see cref="Subject"/>; a slash never occurs in a device's id.</summary>
    public const string SubjectPrefix = "zone/";

    /// <summary>The zone's name, as alerts show it.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Id of the rule that each device must have raised by itself.</summary>
    public required string Rule { get; init; }

    /// <summary>How many devices must have it raised.</summary>
    public required int AtLeast { get; init; }

    /// <summary>The devices by their ids; null where the circle says which.</summary>
    public IReadOnlyList<string>? Devices { get; init; }

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }

    /// <summary>Radius of the circle.</summary>
    public double? RadiusMetres { get; init; }

    /// <summary>A device has no vote when its newest reading is older than the zone's newest by more than this.</summary>
    public double SilentAfterSeconds { get; init; } = 900;

    /// <summary>What the zone's events carry where a device's events carry the device's id.</summary>
    [JsonIgnore]
    public string Subject => SubjectPrefix + Id;
}
