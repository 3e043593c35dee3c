using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Models;

namespace SmartCity.Telemetry.NgsiLd.Queries;

/// <summary>Reads the query language (clause 4.9): <c>currentLevel&gt;=3.2;(name=="A"|name~="^B")</c>.</summary>
internal sealed class QParser
{
    private const int MostCharacters = 2_000;
    private const int MostDepth = 20;
    private static readonly string[] Operators = ["!~=", "==", "!=", ">=", "<=", "~=", ">", "<"];
    private readonly string _text;
    private int _position;
    private int _depth;

    private QParser(string text) => _text = text;

    /// <param name="fault">What is wrong, and where.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out QExpression? expression, [NotNullWhen(false)] out string? fault)
    {
        (expression, fault) = (null, null);
        try
        {
            if (text.Length > MostCharacters)
            {
                throw new FormatException($"q has {MostCharacters} characters at most.");
            }

            var parser = new QParser(text);
            expression = parser.Alternatives();
            if (parser._position < text.Length)
            {
                throw parser.Fault("';' or '|'");
            }

            return true;
        }
        catch (FormatException exception)
        {
            fault = exception.Message;
            expression = null;
            return false;
        }
    }

    private QExpression Alternatives()
    {
        var parts = new List<QExpression> { Together() };
        while (Take("|"))
        {
            parts.Add(Together());
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private QExpression Together()
    {
        var parts = new List<QExpression> { Term() };
        while (Take(";"))
        {
            parts.Add(Term());
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private QExpression Term()
    {
        if (!Take("("))
        {
            return Condition();
        }

        if (++_depth > MostDepth)
        {
            throw new FormatException($"q has {MostDepth} parentheses within each other at most.");
        }

        var inner = Alternatives();
        _depth--;
        return Take(")") ? inner : throw Fault("')'");
    }

    private QExpression Condition()
    {
        var path = Path();
        var sign = Array.Find(Operators, Take);
        if (sign is null)
        {
            return new Exists(path);
        }

        if (sign is "~=" or "!~=")
        {
            return new Matches(path, PatternOf(Value().Text), sign == "!~=");
        }

        var values = new List<QValue> { Value() };
        if (sign is "==" or "!=" && Take(".."))
        {
            values.Add(Value());
            return new Compare(path, sign, values, IsRange: true);
        }

        while (sign is "==" or "!=" && Take(","))
        {
            values.Add(Value());
        }

        return new Compare(path, sign, values, IsRange: false);
    }

    private QPath Path()
    {
        var attribute = Name();
        string? sub = Take(".") ? Name() : null;
        var members = new List<string>();
        while (Take("["))
        {
            do
            {
                members.Add(Name());
            }
            while (Take("."));
            if (!Take("]"))
            {
                throw Fault("']'");
            }
        }

        return new QPath(Terms.Compact(attribute), sub, members);
    }

    private string Name()
    {
        var start = _position;
        // A name, or a URI that stands for one.
        var isUri = _text.AsSpan(_position).StartsWith("http://", StringComparison.Ordinal) || _text.AsSpan(_position).StartsWith("https://", StringComparison.Ordinal);
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '-' or '@' || (isUri && _text[_position] is ':' or '/' or '.' or '#')))
        {
            _position++;
        }

        return _position > start ? _text[start.._position] : throw Fault("the name of an attribute");
    }

    private QValue Value()
    {
        if (Take("\""))
        {
            var end = _text.IndexOf('"', _position);
            if (end < 0)
            {
                throw Fault("a closing quotation mark");
            }

            var quoted = _text[_position..end];
            _position = end + 1;
            return new QValue(quoted, null, null, null);
        }

        var start = _position;
        while (_position < _text.Length && _text[_position] is not (';' or '|' or ')' or ',' or '"') && !_text.AsSpan(_position).StartsWith("..", StringComparison.Ordinal))
        {
            _position++;
        }

        var text = _text[start.._position];
        return text.Length == 0 ? throw Fault("a value") : new QValue(
            text,
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            NgsiTime.TryParse(text, out var time) ? time : null,
            text switch { "true" => true, "false" => false, _ => null });
    }

    /// <summary>A pattern that cannot take longer than its text is long.</summary>
    public static Regex PatternOf(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{pattern}' is no regular expression, or one that looks back or ahead.", exception);
        }
    }

    private bool Take(string sign)
    {
        if (!_text.AsSpan(_position).StartsWith(sign, StringComparison.Ordinal))
        {
            return false;
        }

        _position += sign.Length;
        return true;
    }

    private FormatException Fault(string expected) => new($"q is not understood at character {_position + 1}: {expected} is expected there.");
}
