using SmartCity.Contracts;
using SmartCity.Registry.Devices;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Registry.Csv;

/// <summary>A CSV file of devices that was read: a candidate for each row, and what is wrong with their form.</summary>
internal sealed class DeviceSheet
{
    private readonly List<DeviceCandidate> _candidates = [];
    private readonly List<int> _lines = [];
    private readonly List<Notice> _notices = [];
    private readonly Dictionary<string, (int Index, string Heading)> _columns = new(StringComparer.Ordinal);

    private DeviceSheet()
    {
    }

    public IReadOnlyList<DeviceCandidate> Candidates => _candidates;

    /// <summary>Faults of the form, in the order of the lines.</summary>
    public IReadOnlyList<Notice> Notices => _notices;

    public static DeviceSheet Read(string text)
    {
        var sheet = new DeviceSheet();
        var hasHeader = false;
        foreach (var (line, fields) in CsvRecords.Read(text))
        {
            if (!hasHeader)
            {
                hasHeader = true;
                if (!sheet.ReadHeader(line, fields))
                {
                    return sheet;
                }
            }
            else
            {
                sheet._candidates.Add(new DeviceRow(line, fields, sheet._columns, sheet._notices).ToCandidate());
                sheet._lines.Add(line);
            }
        }

        if (sheet._candidates.Count == 0)
        {
            sheet._notices.Add(new Notice("empty", NoticeSeverity.Error, hasHeader ? "There is a heading and no device below it." : "The file is empty.") { Line = 1 });
        }

        return sheet;
    }

    /// <summary>What a review found, with the line, column and heading where it stands.</summary>
    public IReadOnlyList<Notice> Place(IReadOnlyList<DeviceFault> faults) => [.. faults.Select(fault =>
    {
        var notice = new Notice(fault.Code, fault.Severity, fault.Message) { Value = fault.Value };
        if (fault.Index < 0)
        {
            return notice;
        }

        var isColumn = _columns.TryGetValue(fault.Field, out var column);
        return notice with { Line = _lines[fault.Index], Column = isColumn ? column.Index + 1 : null, Field = isColumn ? column.Heading : null };
    })];

    private bool ReadHeader(int line, IReadOnlyList<string> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (DeviceColumns.Find(fields[index]) is not { } column)
            {
                _notices.Add(new Notice("column-unknown", NoticeSeverity.Warning, $"The column '{fields[index]}' is not known and left out.")
                {
                    Line = line,
                    Column = index + 1,
                    Field = fields[index],
                });
            }
            else if (!_columns.TryAdd(column.Field, (index, fields[index])))
            {
                _notices.Add(new Notice("column-twice", NoticeSeverity.Error, $"'{fields[index]}' says the same as '{_columns[column.Field].Heading}'; leave one out.")
                {
                    Line = line,
                    Column = index + 1,
                    Field = fields[index],
                });
            }
        }

        foreach (var column in DeviceColumns.All.Where(column => column.IsRequired && !_columns.ContainsKey(column.Field)))
        {
            _notices.Add(new Notice("column-missing", NoticeSeverity.Error, $"There is no column {string.Join(" or ", column.Names)}.") { Line = line, Field = column.Name });
        }

        return !_notices.Exists(notice => notice.Severity == NoticeSeverity.Error);
    }
}
