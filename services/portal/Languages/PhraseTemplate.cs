namespace SmartCity.Portal.Languages;

/// <summary>
/// One entry of a language file. <c>[避難|ひなん]</c> is a text with its reading, <c>{time}</c> a place for a value.
/// Values are put in after parsing, so nothing in a value is ever read as a template.
/// </summary>
public sealed class PhraseTemplate
{
    private readonly List<(PhrasePart Part, string? Argument)> _pieces = [];

    /// <exception cref="FormatException">A bracket is not closed.</exception>
    public PhraseTemplate(string source)
    {
        var position = 0;
        while (position < source.Length)
        {
            var next = source.AsSpan(position).IndexOfAny('[', '{');
            var literalEnd = next < 0 ? source.Length : position + next;
            if (literalEnd > position)
            {
                _pieces.Add((new PhrasePart(source[position..literalEnd]), null));
            }

            position = literalEnd < source.Length ? AddBracket(source, literalEnd) : source.Length;
        }
    }

    /// <summary>The names of the values that it wants.</summary>
    public IEnumerable<string> Arguments => _pieces.Where(piece => piece.Argument is not null).Select(piece => piece.Argument!);

    /// <summary>Whether any part carries a reading.</summary>
    public bool HasReadings => _pieces.Any(piece => piece.Part.Reading is not null);

    /// <exception cref="KeyNotFoundException">A value that the template wants is not given: a fault of the calling page.</exception>
    public Phrase Fill(ReadOnlySpan<(string Name, Phrase Value)> values)
    {
        var parts = new List<PhrasePart>(_pieces.Count);
        foreach (var (part, argument) in _pieces)
        {
            if (argument is null)
            {
                parts.Add(part);
            }
            else
            {
                parts.AddRange(Find(values, argument).Parts);
            }
        }

        return new Phrase(parts);
    }

    private static Phrase Find(ReadOnlySpan<(string Name, Phrase Value)> values, string argument)
    {
        foreach (var (name, value) in values)
        {
            if (name == argument)
            {
                return value;
            }
        }

        throw new KeyNotFoundException($"The text wants a value for {{{argument}}} and the page gives none.");
    }

    private int AddBracket(string source, int start)
    {
        var close = source.IndexOf(source[start] == '[' ? ']' : '}', start);
        if (close < 0)
        {
            throw new FormatException($"'{source}': the bracket at {start} is not closed.");
        }

        var inside = source[(start + 1)..close];
        if (source[start] == '{')
        {
            _pieces.Add((default, inside));
            return close + 1;
        }

        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0)
        {
            throw new FormatException($"'{source}': [{inside}] has no reading; write [text|reading].");
        }

        _pieces.Add((new PhrasePart(inside[..bar], inside[(bar + 1)..]), null));
        return close + 1;
    }
}
