using SmartCity.Contracts;

namespace SmartCity.Alerts.Cap;

/// <summary>Collects what is wrong with a message. Of one place only the first error is kept: the others would follow from it.</summary>
/// <param name="lines">Line of each place, where the message came as XML.</param>
public sealed class CapNotices(IReadOnlyDictionary<string, int>? lines = null)
{
    private const int LongestValue = 120;

    /// <summary>Of errors, and of everything else: a message with more is not one that a person corrects by hand.</summary>
    private const int Most = 500;

    private readonly List<Notice> _notices = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private int _errors;
    private int _others;

    public IReadOnlyList<Notice> All => _notices;

    public bool HasErrors => _failed.Count > 0;

    /// <param name="code">Stable, in kebab-case.</param>
    /// <param name="place">Such as <c>info[0].area[1].polygon[0]</c>.</param>
    /// <param name="value">What stands there; null where it must not be repeated or nothing stands there.</param>
    public void Error(string code, string place, string? value, string message)
    {
        if (_failed.Add(place))
        {
            Add(code, NoticeSeverity.Error, place, value, message);
        }
    }

    public void Warn(string code, string place, string? value, string message) => Add(code, NoticeSeverity.Warning, place, value, message);

    public void Inform(string code, string place, string? value, string message) => Add(code, NoticeSeverity.Info, place, value, message);

    /// <summary>A fault of the document itself.</summary>
    public void Error(string code, int? line, int? column, string message)
    {
        _failed.Add("");
        _notices.Add(new Notice(code, NoticeSeverity.Error, message) { Line = line, Column = column });
    }

    public bool Failed(string place) => _failed.Contains(place);

    private void Add(string code, NoticeSeverity severity, string place, string? value, string message)
    {
        // Errors decide whether the message is used at all: no number of warnings before them leaves them out.
        if (severity == NoticeSeverity.Error ? _errors++ < Most : _others++ < Most)
        {
            _notices.Add(new Notice(code, severity, message) { Field = place, Line = LineOf(place), Value = Shortened(value) });
        }
    }

    // A place that is missing has the line of what it is missing in.
    private int? LineOf(string place)
    {
        for (; lines is not null; place = place[..place.LastIndexOf('.')])
        {
            if (lines.TryGetValue(place, out var line))
            {
                return line;
            }

            if (!place.Contains('.', StringComparison.Ordinal))
            {
                return lines.TryGetValue("", out var whole) ? whole : null;
            }
        }

        return null;
    }

    private static string? Shortened(string? value) => value?.Length > LongestValue ? value[..LongestValue] + "…" : value;
}
