using SmartCity.Contracts;

namespace SmartCity.Transit.Gtfs.Notices;

/// <summary>
/// Collects findings. Of each code only the first <see cref="SamplesPerCode"/> are kept: a feed that is wrong in every row says
/// so in a few lines and a number.
/// </summary>
internal sealed class NoticeSink
{
    public const int SamplesPerCode = 20;

    private readonly List<FeedNotice> _samples = [];
    private readonly Dictionary<string, int> _totals = new(StringComparer.Ordinal);

    /// <summary>Whether what was found keeps the dataset from being served.</summary>
    public bool IsRefused { get; private set; }

    public void Add(string code, string? file = null, int line = 0, string? field = null, string? value = null, string? detail = null)
    {
        var known = NoticeCodes.Of(code);
        Add(known, known.Severity, known.Refuses, file, line, field, value, detail);
    }

    /// <summary>The same where no ride depends on the place: it is reported with its severity, and the dataset is taken without it.</summary>
    public void AddHarmless(string code, string? file = null, int line = 0, string? field = null, string? value = null, string? detail = null)
    {
        var known = NoticeCodes.Of(code);
        Add(known, known.Severity, refuses: false, file, line, field, value, detail);
    }

    /// <summary>Only counts, where the sentence for it would have to be built first.</summary>
    public bool IsFull(string code) => _totals.GetValueOrDefault(code) >= SamplesPerCode;

    public FeedNotices Freeze() => new(
        [.. _samples.OrderByDescending(notice => notice.Severity).ThenBy(notice => notice.File is null ? 0 : 1)],
        new SortedDictionary<string, int>(_totals, StringComparer.Ordinal),
        IsRefused);

    private void Add(NoticeCode known, NoticeSeverity severity, bool refuses, string? file, int line, string? field, string? value, string? detail)
    {
        IsRefused |= refuses;
        var total = _totals.GetValueOrDefault(known.Code) + 1;
        _totals[known.Code] = total;
        if (total <= SamplesPerCode)
        {
            _samples.Add(new FeedNotice(known.Code, severity, file, line > 0 ? line : null, field, FeedNotice.Shortened(value), FeedNotice.Shortened(detail)));
        }
    }
}
