using System.Globalization;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Reports.Findings;

/// <summary>One sentence of a report: a stable code, the numbers in it, and the words.</summary>
/// <param name="Code">In kebab-case; <c>Reports/Wording/*.json</c> has its sentence.</param>
/// <param name="Values">What is filled in, written as JSON writes it; durations in seconds.</param>
/// <param name="Text">The sentence by language.</param>
public sealed record Finding(string Code, IReadOnlyDictionary<string, string> Values, LocalizedText Text)
{
    internal static Finding Of(string code, params (string Name, IFormattable? Value)[] values)
        => Said(code, values.Select(pair => (pair.Name, pair.Value switch
        {
            DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
            { } value => value.ToString(null, CultureInfo.InvariantCulture),
            null => "",
        })));

    internal static Finding Said(string code, IEnumerable<(string Name, string Value)> values)
        => new(code, values.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), []);

    internal Finding With(string name, string value) => this with { Values = new Dictionary<string, string>(Values, StringComparer.Ordinal) { [name] = value } };
}
