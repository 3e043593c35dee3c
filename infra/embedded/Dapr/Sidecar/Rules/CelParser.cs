using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Parses the part of CEL that routing rules use, by recursive descent.</summary>
internal sealed partial class CelParser
{
    private const int MaximumDepth = 64;
    private static readonly HashSet<string> Comparisons = ["==", "!=", "<", "<=", ">", ">=", "in"];
    private static readonly HashSet<string> Methods = ["startsWith", "endsWith", "contains", "size"];

    private readonly List<string> _tokens = [];
    private readonly IReadOnlySet<string>? _variables;
    private int _next;
    private int _depth;

    /// <param name="text">The expression.</param>
    /// <param name="variables">What it may speak of instead of <c>event</c>.</param>
    public CelParser(string text, IReadOnlySet<string>? variables = null)
    {
        _variables = variables;
        var end = 0;
        foreach (Match match in Tokens().Matches(text))
        {
            _tokens.Add(match.Groups["token"].Value);
            end = match.Index + match.Length;
        }

        if (text.AsSpan(end).Trim().Length > 0)
        {
            throw new FormatException($"'{text[end..].Trim()}' is not understood");
        }
    }

    private string Current => _next < _tokens.Count ? _tokens[_next] : "";

    public CelNode Parse()
    {
        if (_tokens.Count == 0)
        {
            return new CelNode.Literal(true);
        }

        var node = ParseOr();
        return Current.Length == 0 ? node : throw new FormatException($"'{Current}' is not expected");
    }

    // A token, or nothing: matches follow one another without a gap.
    [GeneratedRegex("""\G\s*(?<token>&&|\|\||[=!<>]=|[<>!()\[\],.]|-?[0-9]+(?:\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\["\\'])*"|'(?:[^'\\]|\\["\\'])*')""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();

    private CelNode ParseOr()
    {
        if (++_depth > MaximumDepth)
        {
            throw new FormatException("it is nested too deeply");
        }

        var left = ParseAnd();
        while (Accept("||"))
        {
            left = new CelNode.Logical(IsAnd: false, left, ParseAnd());
        }

        _depth--;
        return left;
    }

    private CelNode ParseAnd()
    {
        var left = ParseComparison();
        while (Accept("&&"))
        {
            left = new CelNode.Logical(IsAnd: true, left, ParseComparison());
        }

        return left;
    }

    private CelNode ParseComparison()
    {
        var left = ParseUnary();
        return Comparisons.Contains(Current) ? new CelNode.Comparison(Take(), left, ParseUnary()) : left;
    }

    private CelNode ParseUnary()
    {
        var isNegated = false;
        while (Accept("!"))
        {
            isNegated = !isNegated;
        }

        var node = ParseMembers();
        return isNegated ? new CelNode.Not(node) : node;
    }

    private CelNode ParseMembers()
    {
        var node = ParsePrimary();
        while (true)
        {
            if (Accept("."))
            {
                var name = Take();
                if (name.Length == 0 || (!char.IsAsciiLetter(name[0]) && name[0] != '_'))
                {
                    throw new FormatException($"'{name}' is not a name");
                }

                node = Methods.Contains(name) && Accept("(") ? ParseMethod(name, node) : new CelNode.Member(node, name);
            }
            else if (Accept("["))
            {
                node = new CelNode.Member(node, StringOf(Take()));
                Expect("]");
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode ParseMethod(string name, CelNode target)
    {
        var argument = Current == ")" ? null : ParseOr();
        Expect(")");
        return new CelNode.Call(name, target, argument);
    }

    private CelNode ParsePrimary()
    {
        var token = Take();
        switch (token)
        {
            case "(":
                var inner = ParseOr();
                Expect(")");
                return inner;
            case "[":
                return ParseList();
            case "true" or "false":
                return new CelNode.Literal(token == "true");
            case "null":
                return new CelNode.Literal(CelNode.Null);
            case { Length: > 0 } when _variables?.Contains(token) == true:
                return new CelNode.Member(new CelNode.Event(), token);
            case "event" when _variables is null:
                return new CelNode.Event();
            case "has" or "size" when Accept("("):
                return ParseMethod(token, ParseOr());
            default:
                return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new CelNode.Literal(number)
                    : new CelNode.Literal(StringOf(token));
        }
    }

    private CelNode.List ParseList()
    {
        var items = new List<CelNode>();
        while (!Accept("]"))
        {
            items.Add(ParseOr());
            if (Current != "]")
            {
                Expect(",");
            }
        }

        return new CelNode.List(items);
    }

    private static string StringOf(string token) => token is ['"' or '\'', .., _]
        ? Escapes().Replace(token[1..^1], "${character}")
        : throw new FormatException(token.Length == 0 ? "it ends too early" : $"'{token}' is not expected");

    [GeneratedRegex("""\\(?<character>["\\'])""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();

    private string Take()
    {
        var token = Current;
        _next++;
        return token;
    }

    private bool Accept(string token)
    {
        var matches = Current == token;
        _next += matches ? 1 : 0;
        return matches;
    }

    private void Expect(string token)
    {
        if (!Accept(token))
        {
            throw new FormatException($"'{token}' is missing before '{Current}'");
        }
    }
}
