using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.NgsiLd.Models;

/// <summary>A Smart Data Model (smartdatamodels.org) as devices fill it.</summary>
/// <param name="Type">Entity type.</param>
/// <param name="Base">Before the names in its terms' URIs.</param>
/// <param name="DateAttribute">Where the model puts the time of the observation as a whole.</param>
/// <param name="Kinds">Kinds of devices that it is for.</param>
/// <param name="Metrics">What each metric becomes; one that is not here keeps its own name.</param>
internal sealed record DataModel(string Type, string Base, string DateAttribute, string[] Kinds, ModelMetric[] Metrics)
{
    /// <summary>Attributes of the model that are not metrics.</summary>
    public string[] Others { get; init; } = [];

    /// <summary>Whether the town's threshold rules become <c>alertLevel</c> and <c>dangerLevel</c> of an attribute.</summary>
    public string? LevelsOf { get; init; }
}

/// <summary>A metric as an attribute of a model.</summary>
/// <param name="Metric">Name with the unit at its end.</param>
/// <param name="UnitCode">UN/CEFACT Recommendation 20; null for what has no unit.</param>
/// <param name="Factor">What makes the model's unit of the metric's.</param>
internal sealed record ModelMetric(string Metric, string Attribute, string? UnitCode, double Factor = 1)
{
    /// <summary>For attributes that are words: which one a value means.</summary>
    public Func<double, string>? Word { get; init; }

    public JsonNode ValueOf(double value) => Word is null ? JsonValue.Create(Scaled(value)) : JsonValue.Create(Word(value))!;

    // Rounded where a factor was applied: 0.5700000000000001 is not what was measured.
    private double Scaled(double value) => Factor == 1 ? value : Math.Round(value * Factor, 12);
}
