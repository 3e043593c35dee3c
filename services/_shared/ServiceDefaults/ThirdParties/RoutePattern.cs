namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>
/// A path such as <c>/lamps/{id}</c>: whole segments, each literal or with one parameter (<c>{id}.xml</c>); a last
/// <c>{**rest}</c> takes all below.
/// </summary>
public sealed class RoutePattern
{
    private const string CatchAll = "{**";
    private readonly Segment[] _segments;
    private readonly bool _takesRest;

    private RoutePattern(string text, Segment[] segments, bool takesRest)
    {
        Text = text;
        _segments = segments;
        _takesRest = takesRest;
    }

    public static RoutePattern Everything { get; } = new("/{**rest}", [], takesRest: true);

    public string Text { get; }

    /// <summary>Why a text is no pattern, to be read after it; or null.</summary>
    public static string? FaultOf(string text)
    {
        if (!text.StartsWith('/') || text.AsSpan().ContainsAny("?#\\% "))
        {
            return "is no path: it begins with '/' and has no '?', '#', '%', '\\' or space";
        }

        var (parts, takesRest) = Split(text);
        return parts[..(takesRest ? ^1 : ^0)].Select(Segment.FaultOf).FirstOrDefault(fault => fault is not null);
    }

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static RoutePattern Parse(string text)
    {
        if (FaultOf(text) is { } fault)
        {
            throw new FormatException($"'{text}' {fault}");
        }

        var (parts, takesRest) = Split(text);
        return new RoutePattern(text, parts[..(takesRest ? ^1 : ^0)].Select(Segment.Of).ToArray(), takesRest);
    }

    /// <param name="path">Below the service, empty or beginning with <c>/</c>.</param>
    public bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var segment in _segments)
        {
            if (path.IsEmpty)
            {
                return false;
            }

            path = path[1..];
            var end = path.IndexOf('/');
            if (!segment.Matches(end < 0 ? path : path[..end]))
            {
                return false;
            }

            path = end < 0 ? [] : path[end..];
        }

        return _takesRest || path.IsEmpty || path is "/";
    }

    private static (string[] Parts, bool TakesRest) Split(string text)
    {
        var parts = text.Length == 1 ? [] : text[1..].Split('/');
        return (parts, parts.Length > 0 && parts[^1].StartsWith(CatchAll, StringComparison.Ordinal) && parts[^1].EndsWith('}'));
    }

    private readonly record struct Segment(string Before, string After, bool IsParameter)
    {
        public static string? FaultOf(string part)
        {
            if (part.Length == 0)
            {
                return "has an empty part: write no '//' and no '/' at the end, which is understood";
            }

            if (part is "." or ".." || part.Contains('*', StringComparison.Ordinal))
            {
                return $"has the part '{part}'; parts are words, {{parameters}}, and {{**rest}} at the end";
            }

            var open = part.IndexOf('{', StringComparison.Ordinal);
            var close = part.IndexOf('}', StringComparison.Ordinal);
            return (open < 0 && close < 0) || (open >= 0 && close >= open + 2 && part.LastIndexOf('{') == open && part.LastIndexOf('}') == close)
                ? null
                : $"has the part '{part}', which is neither a word nor has one {{parameter}}";
        }

        public static Segment Of(string part)
        {
            var open = part.IndexOf('{', StringComparison.Ordinal);
            return open < 0
                ? new Segment(part, "", IsParameter: false)
                : new Segment(part[..open], part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..], IsParameter: true);
        }

        public bool Matches(ReadOnlySpan<char> value)
            => IsParameter
                ? value.Length > Before.Length + After.Length
                    && value.StartsWith(Before, StringComparison.Ordinal) && value.EndsWith(After, StringComparison.Ordinal)
                : value.SequenceEqual(Before);
    }
}
