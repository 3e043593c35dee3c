using System.Globalization;
using SmartCity.Cli.Output;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Cli.Recordings;

/// <summary>
/// A CSV of readings: the long form <c>municipality,device,metric,t,value</c>, as the platform exports it, or the wide form
/// <c>device,time,…</c> with a column for each metric, as loggers write it. Columns may stand in any order.
/// </summary>
internal sealed class RecordingSheet
{
    private const int MostFaults = 1000;
    private static readonly string[] DeviceColumns = ["device", "id", "機器ID"];
    private static readonly string[] TimeColumns = ["t", "time", "日時"];
    private readonly Words _words;
    private readonly List<RecordedReading> _readings = [];
    private readonly List<Notice> _faults = [];

    private RecordingSheet(Words words) => _words = words;

    public IReadOnlyList<RecordedReading> Readings => _readings;

    /// <summary>The first of them, in the order of the lines.</summary>
    public IReadOnlyList<Notice> Faults => _faults;

    public int FaultCount { get; private set; }

    public static RecordingSheet Read(string text, Words words)
    {
        var sheet = new RecordingSheet(words);
        Columns? columns = null;
        foreach (var (line, fields) in CsvRecords.Read(text))
        {
            if (columns is null)
            {
                columns = sheet.ReadHeading(line, fields);
                if (columns is null)
                {
                    return sheet;
                }
            }
            else
            {
                sheet.ReadRow(columns, line, fields);
            }
        }

        return sheet;
    }

    private Columns? ReadHeading(int line, IReadOnlyList<string> fields)
    {
        int Find(params string[] names) => fields.ToList().FindIndex(field => names.Contains(field, StringComparer.OrdinalIgnoreCase));
        var (municipality, device, time, metric, value) = (Find("municipality"), Find(DeviceColumns), Find(TimeColumns), Find("metric"), Find("value"));
        var isLong = metric >= 0 && value >= 0;
        var metrics = isLong ? [] : Enumerable.Range(0, fields.Count).Where(index => index != municipality && index != device && index != time && fields[index].Length > 0)
            .Select(index => (index, fields[index])).ToArray();
        if (device < 0 || time < 0 || (!isLong && metrics.Length == 0))
        {
            Fault("heading-unknown", line, 1, string.Join(',', fields), _words["recording.heading"]);
            return null;
        }

        return new Columns(municipality, device, time, isLong ? metric : -1, value, metrics);
    }

    private void ReadRow(Columns columns, int line, IReadOnlyList<string> fields)
    {
        string Field(int index) => index >= 0 && index < fields.Count ? fields[index] : "";
        var device = Field(columns.Device);
        if (device.Length == 0)
        {
            Fault("device-missing", line, columns.Device + 1, "", _words["recording.device"]);
            return;
        }

        if (!TryTime(Field(columns.Time), out var at))
        {
            Fault("time-malformed", line, columns.Time + 1, Field(columns.Time), _words["recording.time"]);
            return;
        }

        if (columns.Metric >= 0)
        {
            Take(columns, line, columns.Value, Field(columns.Metric), Field(columns.Value), device, at, Field(columns.Municipality));
            return;
        }

        foreach (var (index, metric) in columns.Metrics)
        {
            // A logger leaves a cell empty where it measured nothing.
            if (Field(index).Length > 0)
            {
                Take(columns, line, index, metric, Field(index), device, at, Field(columns.Municipality));
            }
        }
    }

    private void Take(Columns columns, int line, int column, string metric, string value, string device, DateTimeOffset at, string municipality)
    {
        if (metric.Length == 0)
        {
            Fault("metric-missing", line, columns.Metric + 1, "", _words["recording.metric"]);
        }
        else if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Fault("value-not-a-number", line, column + 1, value, _words["recording.value"]);
        }
        else
        {
            _readings.Add(new RecordedReading(municipality, device, metric, at, number));
        }
    }

    // A time without an offset could be nine hours off: it is refused rather than guessed.
    private static bool TryTime(string text, out DateTimeOffset at)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out at)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "2026-07-01".Length);

    private void Fault(string code, int line, int column, string value, string message)
    {
        FaultCount++;
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new Notice(code, NoticeSeverity.Error, message) { Line = line, Column = column, Value = value });
        }
    }

    private sealed record Columns(int Municipality, int Device, int Time, int Metric, int Value, (int Index, string Metric)[] Metrics);
}
