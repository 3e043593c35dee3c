using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SmartCity.ServiceDefaults.Payloads;

/// <summary>One step of a <see cref="PayloadPath"/>.</summary>
/// <param name="Name">The member's name; null for an index and for all.</param>
/// <param name="Index">The element's index, from the end where it is negative; null for all.</param>
public readonly record struct PathStep(string? Name, int? Index)
{
    /// <summary>Every member or element (<c>*</c>).</summary>
    public bool IsAll => Name is null && Index is null;
}

/// <summary>
/// A path into a device's JSON: the part of JSONPath (RFC 9535) with the root <c>$</c>, names (<c>.name</c>,
/// <c>['name']</c>), indexes (<c>[0]</c>, <c>[-1]</c>) and one wildcard (<c>.*</c>, <c>[*]</c>). Slices, filters, unions and
/// descendants are refused. Parsed once, when a town's manifest is taken, never for each message.
/// </summary>
public sealed class PayloadPath
{
    /// <summary>Deeper is no payload.</summary>
    public const int MaximumSteps = 16;

    private const string Form = "a path is like $.uplink.values[0]['water level'] or $.values.*";
    private readonly PathStep[] _steps;

    private PayloadPath(PathStep[] steps) => _steps = steps;

    /// <summary>From the root on.</summary>
    public ReadOnlySpan<PathStep> Steps => _steps;

    /// <summary>Whether it leads to many values.</summary>
    public bool HasWildcard => Array.Exists(_steps, step => step.IsAll);

    /// <param name="text">The path as it is written.</param>
    /// <param name="path">Null when the text is no such path.</param>
    /// <param name="fault">What is wrong with it and what would be right; null when it is good.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PayloadPath? path, [NotNullWhen(false)] out string? fault)
    {
        path = null;
        var steps = new List<PathStep>();
        var position = 1;
        fault = text.StartsWith('$') ? null : "does not begin with '$'";
        while (fault is null && position < text.Length)
        {
            fault = Read(text, ref position, steps) ?? (steps.Count > MaximumSteps ? $"has more than {MaximumSteps} steps" : null);
        }

        fault ??= steps.Count == 0 ? "leads nowhere" : steps.Count(step => step.IsAll) > 1 ? "has more than one '*'" : null;
        if (fault is not null)
        {
            fault = $"{fault}; {Form}";
            return false;
        }

        path = new PayloadPath([.. steps]);
        return true;
    }

    private static string? Read(string text, ref int position, List<PathStep> steps)
    {
        var rest = text.AsSpan(position);
        if (rest.StartsWith("..", StringComparison.Ordinal))
        {
            return $"has '..' at character {position + 1}, which is not read here";
        }

        return rest[0] switch
        {
            '.' => ReadMember(text, ref position, steps),
            '[' => ReadBracket(text, ref position, steps),
            _ => $"has '{rest[0]}' at character {position + 1} where '.' or '[' belongs",
        };
    }

    // RFC 9535 section 2.5.1.1: a letter, '_' or what is beyond ASCII first, then digits too.
    private static string? ReadMember(string text, ref int position, List<PathStep> steps)
    {
        var start = ++position;
        if (position < text.Length && text[position] == '*')
        {
            position++;
            steps.Add(default);
            return null;
        }

        while (position < text.Length && (char.IsAsciiLetter(text[position]) || text[position] == '_' || !char.IsAscii(text[position])
            || (position > start && char.IsAsciiDigit(text[position]))))
        {
            position++;
        }

        if (position == start)
        {
            return $"has no name behind the '.' at character {start}; a name of other characters stands in ['…']";
        }

        steps.Add(new PathStep(text[start..position], null));
        return null;
    }

    private static string? ReadBracket(string text, ref int position, List<PathStep> steps)
    {
        var start = position++;
        if (position < text.Length && text[position] is '\'' or '"')
        {
            if (!TryReadQuoted(text, ref position, out var name))
            {
                return $"has a name at character {start + 2} that does not end, or a '\\' in it before something unknown";
            }

            steps.Add(new PathStep(name, null));
        }
        else if (position < text.Length && text[position] == '*')
        {
            position++;
            steps.Add(default);
        }
        else
        {
            var end = text.IndexOf(']', position);
            var inside = end < 0 ? text[position..] : text[position..end];
            if (!int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) || inside.StartsWith('+'))
            {
                return $"has '[{inside}]' at character {start + 1}; only a name in quotes, an index or * is read here";
            }

            position = end < 0 ? text.Length : end;
            steps.Add(new PathStep(null, index));
        }

        if (position >= text.Length || text[position] != ']')
        {
            return $"has a '[' at character {start + 1} without its ']'";
        }

        position++;
        return null;
    }

    private static bool TryReadQuoted(string text, ref int position, out string name)
    {
        var quote = text[position++];
        var read = new StringBuilder();
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (character == quote)
            {
                position++;
                name = read.ToString();
                return true;
            }

            // The escapes of RFC 9535 section 2.3.1.1 that a name can need; whatever is beyond ASCII is written as it is.
            if (character == '\\')
            {
                position++;
                if (position == text.Length || text[position] is not ('\\' or '/' or '\'' or '"'))
                {
                    break;
                }

                character = text[position];
            }

            read.Append(character);
        }

        name = "";
        return false;
    }
}
