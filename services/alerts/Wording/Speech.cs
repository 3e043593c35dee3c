using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.Alerts.Wording;

/// <summary>Makes of written text one that is said aloud: letters, digits, spaces, stops and pauses, and nothing that a synthesiser spells.</summary>
public sealed partial class Speech(SpeechWords words)
{
    /// <summary>About two minutes; what is longer ends with a whole sentence.</summary>
    private const int MostCharacters = 900;

    private const char Stop = '\u0001';
    private const char Pause = '\u0002';

    private readonly Regex _unit = new(
        $"(?<=[0-9])\\s*(?<unit>{string.Join('|', words.Units.Keys.OrderByDescending(unit => unit.Length).Select(Regex.Escape))})(?![A-Za-z])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Languages that put spaces between words have the ASCII stop.</summary>
    private readonly bool _isSpaced = words.Stop == ".";

    public SpeechWords Words => words;

    /// <summary>The sentences one after the other; what is empty is left out.</summary>
    public string Say(params IEnumerable<string> sentences)
    {
        var text = new StringBuilder();
        foreach (var sentence in sentences.Where(sentence => sentence.Length > 0))
        {
            Append(text, Written(sentence));
            Append(text, Stop);
        }

        return Punctuated(text);
    }

    // Numbers before signs: a point between digits ends no sentence.
    private string Written(string text)
    {
        var said = text.Normalize(NormalizationForm.FormKC);
        foreach (var (written, reading) in words.Readings)
        {
            said = said.Replace(written.Normalize(NormalizationForm.FormKC), reading, StringComparison.Ordinal);
        }

        said = ClockTime().Replace(said, match => words.Clock
            .Replace("{hour}", match.Groups["hour"].Value.TrimStart('0').PadLeft(1, '0'), StringComparison.Ordinal)
            .Replace("{minute}", match.Groups["minute"].Value.TrimStart('0').PadLeft(1, '0'), StringComparison.Ordinal));
        said = _unit.Replace(said, match => Joined("", words.Units[match.Groups["unit"].Value]));
        said = Negative().Replace(said, Joined(words.Minus, ""));
        return Fraction().Replace(said, match =>
            Joined(match.Groups["whole"].Value, Joined(words.Point, string.Join(_isSpaced ? " " : "", match.Groups["parts"].Value.Select(digit => words.Digits[digit - '0'])))));
    }

    private string Joined(string left, string right) => _isSpaced ? $"{left} {right}" : left + right;

    private static void Append(StringBuilder text, string written)
    {
        for (var index = 0; index < written.Length; index++)
        {
            var character = written[index];
            var isInside = index > 0 && index + 1 < written.Length && char.IsLetter(written[index - 1]) && char.IsLetter(written[index + 1]);
            switch (character)
            {
                case '\'' or '’' or '-' when isInside:
                    text.Append(character == '’' ? '\'' : character);
                    break;
                case '。' or '.' or '!' or '?' or '\n':
                    Append(text, Stop);
                    break;
                case ' ' or '\t' or '\r':
                    Append(text, ' ');
                    break;
                default:
                    // What is not said is a pause, brackets too. Halves of a pair are letters of rare names.
                    if (IsSaid(character))
                    {
                        text.Append(character);
                    }
                    else
                    {
                        Append(text, Pause);
                    }

                    break;
            }
        }
    }

    private static bool IsSaid(char character) => char.IsLetterOrDigit(character) || char.IsSurrogate(character)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Of marks in a row the strongest stays: a stop before a pause before a space.
    private static void Append(StringBuilder text, char mark)
    {
        while (text.Length > 0 && text[^1] is ' ' or Pause or Stop)
        {
            var last = text[^1];
            if (Strength(last) >= Strength(mark))
            {
                return;
            }

            text.Length--;
        }

        if (text.Length > 0)
        {
            text.Append(mark);
        }
    }

    private static int Strength(char mark) => mark switch { Stop => 3, Pause => 2, _ => 1 };

    private string Punctuated(StringBuilder text)
    {
        if (text.Length > MostCharacters)
        {
            var cut = text.ToString(0, MostCharacters);
            var end = cut.LastIndexOfAny([Stop, Pause]);
            text.Length = end > 0 ? end : MostCharacters;
            text.Append(Stop);
        }

        return text.ToString()
            .Replace(Stop.ToString(), _isSpaced ? words.Stop + " " : words.Stop, StringComparison.Ordinal)
            .Replace(Pause.ToString(), _isSpaced ? words.Pause + " " : words.Pause, StringComparison.Ordinal)
            .Trim();
    }

    [GeneratedRegex(@"(?<![0-9:])(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?![0-9:])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"(?<![\p{L}\d])[-−](?=\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Negative();

    [GeneratedRegex(@"(?<whole>[0-9]+)[.](?<parts>[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();
}
