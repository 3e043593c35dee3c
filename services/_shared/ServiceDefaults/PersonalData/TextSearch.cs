using System.Globalization;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Looks for Individual Numbers in lines of text: CSV, YAML, plain.</summary>
internal static class TextSearch
{
    /// <param name="text">The whole text.</param>
    /// <param name="found">Takes <c>line 3, column 12</c> for each, both counted from 1.</param>
    public static void Collect(string text, List<string> found)
    {
        var lineNumber = 0;
        foreach (var span in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var line = span.ToString();
            foreach (var index in MyNumber.IndexesIn(line))
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"line {lineNumber}, column {index + 1}"));
            }
        }
    }
}
