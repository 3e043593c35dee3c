using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Payloads;

/// <summary>A fault of a mapping.</summary>
/// <param name="Field">Below the mapping, such as <c>values.waterLevelMetres</c>; empty for the whole.</param>
/// <param name="Code">Stable, in kebab-case.</param>
/// <param name="Value">What was given.</param>
/// <param name="What">Continues the field's name to a sentence.</param>
public readonly record struct PayloadFault(string Field, string Code, string? Value, string What);

/// <summary>What must hold of a payload mapping beyond its form.</summary>
public static class PayloadRules
{
    /// <summary>More metrics than this no device sends.</summary>
    public const int MaximumValues = 200;

    public static IEnumerable<PayloadFault> FaultsOf(PayloadMapping mapping)
    {
        if (mapping.Preset is { } preset && !PayloadPresets.TryGet(preset, out _))
        {
            yield return new PayloadFault("preset", "preset-unknown", preset, $"is no preset; there is {PayloadPresets.TheThingsStack}");
        }

        if (mapping.Preset is null && mapping.Values.Count == 0)
        {
            yield return new PayloadFault("", "mapping-empty", null, "needs values, or a preset: nothing would be read");
        }

        if (mapping.Values.Count > MaximumValues)
        {
            yield return new PayloadFault("values", "too-many-values", null, $"are {mapping.Values.Count}; {MaximumValues} are allowed");
        }

        foreach (var fault in mapping.Values.SelectMany(entry => FaultsOf(entry.Key, entry.Value)))
        {
            yield return fault;
        }

        if (mapping.Time is { } time && TimeFault(time) is { } wrong)
        {
            yield return new PayloadFault("time.path", "path-malformed", time.Path, wrong);
        }
    }

    private static IEnumerable<PayloadFault> FaultsOf(string metric, MappedValue value)
    {
        var field = "values." + metric;
        // A wildcard's name stands for what is found, of which "x" is one.
        if (!MetricName.IsValid(metric.Replace('*', 'x')))
        {
            yield return new PayloadFault(field, "metric-name-malformed", metric, "is no metric's name: 1 to 64 letters, digits, '_', '.' or '-', a letter first");
        }

        if (!PayloadPath.TryParse(value.Path, out var path, out var fault))
        {
            yield return new PayloadFault(field, "path-malformed", value.Path, fault);
        }
        else if (metric.Count(character => character == '*') != (path.HasWildcard ? 1 : 0))
        {
            yield return new PayloadFault(field, "wildcard-alone", value.Path, "has '*' in only one of its name and its path: in the name it stands for what the path's '*' finds");
        }

        if (value.Factor == 0)
        {
            yield return new PayloadFault(field, "factor-zero", null, "has the factor 0, which makes every value the same");
        }
    }

    private static string? TimeFault(MappedTime time)
        => !PayloadPath.TryParse(time.Path, out var path, out var fault) ? fault
            : path.HasWildcard ? "has '*', and a message has one time"
            : null;
}
