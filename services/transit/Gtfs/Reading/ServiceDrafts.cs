using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Services while calendar.txt and calendar_dates.txt are read: either may name one first.</summary>
internal sealed class ServiceDrafts
{
    private readonly IdIndex _ids = new();
    private readonly List<Draft> _drafts = [];

    public int Find(ReadOnlySpan<char> id) => _ids.Find(id);

    public int FindOrAdd(ReadOnlySpan<char> id)
    {
        var index = _ids.FindOrAdd(id);
        if (index == _drafts.Count)
        {
            _drafts.Add(new Draft(id.ToString()));
        }

        return index;
    }

    public void SetPattern(int service, int weekdays, DateOnly start, DateOnly end)
        => (_drafts[service].Weekdays, _drafts[service].Start, _drafts[service].End) = (weekdays, start, end);

    public void Add(int service, DateOnly date) => _drafts[service].Added.Add(date);

    public void Remove(int service, DateOnly date) => _drafts[service].Removed.Add(date);

    public GtfsService[] Build() => [.. _drafts.Select(draft => new GtfsService(draft.Id, draft.Weekdays, draft.Start, draft.End, draft.Added, draft.Removed))];

    private sealed class Draft(string id)
    {
        public string Id => id;

        public int Weekdays { get; set; }

        public DateOnly? Start { get; set; }

        public DateOnly? End { get; set; }

        public HashSet<DateOnly> Added { get; } = [];

        public HashSet<DateOnly> Removed { get; } = [];
    }
}
