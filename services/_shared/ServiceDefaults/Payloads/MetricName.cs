using System.Buffers;
using System.Text;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Payloads;

/// <summary>What a metric may be called: a letter first, then letters, digits, <c>_</c>, <c>.</c> or <c>-</c>, 64 together.</summary>
public static class MetricName
{
    /// <summary>Characters, which are bytes as well.</summary>
    public const int MaximumLength = 64;

    private static readonly SearchValues<char> Characters
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Short, of few characters, and no place for an Individual Number: names of metrics are stored.</summary>
    public static bool IsValid(string name)
        => name.Length is > 0 and <= MaximumLength && char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(Characters) && !MyNumber.IsIn(name);

    /// <summary>
    /// A name of another naming scheme as one of ours: whatever stands between letters, digits, <c>_</c> and <c>-</c>
    /// (spaces, slashes, dots, …) becomes one <c>.</c>, and nothing of it is left at the ends: <c>Tank 1/Level</c> is
    /// <c>Tank.1.Level</c>. The result may still be no valid name, such as one that begins with a digit.
    /// </summary>
    public static string Fold(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(Characters) && !name.Contains("..", StringComparison.Ordinal))
        {
            return name.Trim('.');
        }

        var folded = new StringBuilder(Math.Min(name.Length, MaximumLength + 1));
        foreach (var character in name)
        {
            if (folded.Length > MaximumLength)
            {
                break;
            }

            if (character != '.' && Characters.Contains(character))
            {
                folded.Append(character);
            }
            else if (folded.Length > 0 && folded[^1] != '.')
            {
                folded.Append('.');
            }
        }

        return folded.ToString().Trim('.');
    }
}
