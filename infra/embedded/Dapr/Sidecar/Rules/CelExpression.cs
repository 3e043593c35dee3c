using System.Collections.Concurrent;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// A boolean expression over <c>event</c> in the part of the Common Expression Language that routing rules use:
/// literals, <c>event.a.b</c>, <c>event["a"]</c>, <c>== != &lt; &lt;= &gt; &gt;=</c>, <c>in [..]</c>, <c>&amp;&amp; || !</c>,
/// parentheses, <c>has(..)</c>, <c>size(..)</c>, and on strings <c>startsWith</c>, <c>endsWith</c>, <c>contains</c>.
/// </summary>
internal sealed class CelExpression
{
    private const int MaximumLength = 4096;
    private static readonly ConcurrentDictionary<string, CelExpression> Parsed = new(StringComparer.Ordinal);
    private readonly CelNode _root;

    private CelExpression(CelNode root) => _root = root;

    /// <exception cref="FormatException">The text is not such an expression.</exception>
    public static CelExpression Parse(string text) => Parsed.GetOrAdd(text, static t => t.Length <= MaximumLength
        ? new CelExpression(new CelParser(t).Parse())
        : throw new FormatException($"it is longer than {MaximumLength} characters"));

    /// <summary>Parses an expression whose variables are the given names instead of <c>event</c>.</summary>
    /// <exception cref="FormatException">The text is not such an expression.</exception>
    public static CelExpression ParseOver(IReadOnlySet<string> variables, string text) => text.Length <= MaximumLength
        ? new CelExpression(new CelParser(text, variables).Parse())
        : throw new FormatException($"it is longer than {MaximumLength} characters");

    /// <summary>Why a text is not such an expression, or null when it is. An empty one always holds, as upstream.</summary>
    public static string? FaultOf(string text)
    {
        try
        {
            Parse(text);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether the expression holds. One that cannot be evaluated, as for an attribute that is missing, does not.</summary>
    public bool IsTrueFor(JsonElement cloudEvent)
    {
        try
        {
            return _root.Evaluate(cloudEvent) is true;
        }
        catch (InvalidOperationException)
        {
            // The event holds a string that is not Unicode (a lone surrogate), which equals nothing.
            return false;
        }
    }
}
