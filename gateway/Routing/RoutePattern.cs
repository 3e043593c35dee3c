namespace SmartCity.Gateway.Routing;

/// <summary>
/// A path such as <c>/lamps/{id}</c>: whole segments, each literal or with one parameter (<c>{id}.xml</c>); a last
/// <c>{**rest}</c> takes all below.
/// </summary>
internal sealed class RoutePattern
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

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static RoutePattern Parse(string text)
    {
        if (!text.StartsWith('/') || text.AsSpan().ContainsAny("?#\\% "))
        {
            throw new FormatException($"'{text}' is no path: it begins with '/' and has no '?', '#', '%', '\\' or space");
        }

        var parts = text.Length == 1 ? [] : text[1..].Split('/');
        var takesRest = parts.Length > 0 && parts[^1].StartsWith(CatchAll, StringComparison.Ordinal) && parts[^1].EndsWith('}');
        return new RoutePattern(text, parts[..(takesRest ? ^1 : ^0)].Select(part => Segment.Parse(part, text)).ToArray(), takesRest);
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

    private readonly record struct Segment(string Before, string After, bool IsParameter)
    {
        public static Segment Parse(string part, string text)
        {
            var open = part.IndexOf('{', StringComparison.Ordinal);
            var close = part.IndexOf('}', StringComparison.Ordinal);
            if (part is "" or "." or ".." || part.Contains('*', StringComparison.Ordinal))
            {
                throw new FormatException($"'{text}' has a segment '{part}'");
            }

            if (open < 0 && close < 0)
            {
                return new Segment(part, "", IsParameter: false);
            }

            if (open < 0 || close < open + 2 || part.LastIndexOf('{') != open || part.LastIndexOf('}') != close)
            {
                throw new FormatException($"'{text}' has a segment '{part}' that is neither a word nor has one {{parameter}}");
            }

            return new Segment(part[..open], part[(close + 1)..], IsParameter: true);
        }

        public bool Matches(ReadOnlySpan<char> value)
            => IsParameter
                ? value.Length > Before.Length + After.Length
                    && value.StartsWith(Before, StringComparison.Ordinal) && value.EndsWith(After, StringComparison.Ordinal)
                : value.SequenceEqual(Before);
    }
}
