using SmartCity.Contracts;

namespace SmartCity.Transit.Realtime.Reading;

/// <summary>
/// What was found in one GTFS Realtime message. Codes E… and W… have the meaning that the open GTFS Realtime validator gives them;
/// the others are of this reader. A feed that is wrong is wrong a thousand times: of each code some are kept, and all are counted.
/// </summary>
public sealed class FeedNotices
{
    private const int MostOfOneCode = 10;
    private readonly List<Notice> _notices = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Some of each code, in the order in which they were found.</summary>
    public IReadOnlyList<Notice> Notices => _notices;

    /// <summary>How many there are of each code.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <param name="code">E… and W… of the validator, or a word of this reader.</param>
    /// <param name="entity">Id of the feed entity, or empty for the whole feed.</param>
    /// <param name="message">What is wrong and what to send instead.</param>
    /// <param name="value">What stands there.</param>
    public void Add(string code, string entity, string message, object? value = null)
    {
        var count = _counts[code] = _counts.GetValueOrDefault(code) + 1;
        if (count <= MostOfOneCode)
        {
            var text = value is null ? null : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
            _notices.Add(new Notice(code, code[0] == 'W' && code.Length == 4 ? NoticeSeverity.Warning : NoticeSeverity.Error, message)
            {
                Field = entity.Length == 0 ? null : $"entity[{Short(entity)}]",
                Value = text is null ? null : Short(text),
            });
        }
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
