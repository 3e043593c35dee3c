using SmartCity.Transit.Gtfs.Notices;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>What the files of one dataset share while they are read.</summary>
internal sealed class ReadingContext(NoticeSink notices)
{
    // A fault in one of these would send riders to a bus that does not come; in all others the row is left out.
    private static readonly string[] Essential =
    [
        "agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt", "frequencies.txt",
        "location_groups.txt", "location_group_stops.txt", "booking_rules.txt", "locations.geojson",
    ];

    private readonly Dictionary<string, IdIndex> _ids = new(StringComparer.Ordinal);

    public NoticeSink Notices => notices;

    public TextPool Texts { get; } = new();

    /// <summary>Files of which not every row could be read: what refers to them is not checked.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are there.</summary>
    public HashSet<string> Present { get; } = new(StringComparer.Ordinal);

    /// <summary>Columns that are there, such as <c>stops.txt.stop_name</c>.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    public static bool IsEssential(string file) => Array.IndexOf(Essential, file) >= 0;

    /// <summary>The values of a column, such as <c>stops.txt.stop_id</c>; of a key, numbered as its rows are.</summary>
    public IdIndex Ids(string target)
    {
        if (!_ids.TryGetValue(target, out var index))
        {
            index = new IdIndex();
            _ids[target] = index;
        }

        return index;
    }

    public bool Has(string file) => Present.Contains(file);

    /// <summary>A fault of a file or row; where no ride depends on the file, it does not keep the dataset from being taken.</summary>
    public void Fault(string code, string file, int line = 0, string? field = null, ReadOnlySpan<char> value = default, string? detail = null)
    {
        var text = value.IsEmpty || notices.IsFull(code) ? null : value.ToString();
        if (IsEssential(file))
        {
            notices.Add(code, file, line, field, text, detail);
        }
        else
        {
            notices.AddHarmless(code, file, line, field, text, detail);
        }
    }
}
