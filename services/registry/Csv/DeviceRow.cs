using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Devices;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Registry.Csv;

/// <summary>One row of a device list: the same form as in a manifest, with every fault noted.</summary>
internal sealed partial class DeviceRow(
    int line, IReadOnlyList<string> fields, IReadOnlyDictionary<string, (int Index, string Heading)> columns, List<Notice> notices)
{
    private const int LongestText = 300;
    private const int LongestShown = 80;
    private const int KatakanaAfterHiragana = 'ァ' - 'ぁ';
    private bool _hasFaults;

    public DeviceCandidate ToCandidate()
    {
        RefuseIndividualNumbers();
        var id = Name("id");
        var kind = Name("kind");
        var name = new LocalizedText();
        Take(name, "ja", Text("name.ja", isRequired: true));
        Take(name, "ja-Hira", Text("name.ja-Hira") is { } kana ? Hiragana(kana) : null);
        Take(name, "en", Text("name.en"));
        var latitude = Number("latitudeDegrees", -90, 90, "degrees north; are latitude and longitude exchanged?");
        var longitude = Number("longitudeDegrees", -180, 180, "degrees east");
        var radius = Number("alertRadiusMetres", 1, 200_000, "metres");
        return new DeviceCandidate(id, _hasFaults ? null : new Device
        {
            Id = id,
            Kind = kind,
            Name = name,
            LatitudeDegrees = latitude,
            LongitudeDegrees = longitude,
            AlertRadiusMetres = radius,
        });
    }

    // Also in columns that are left out: the file was made by somebody who must learn of it.
    private void RefuseIndividualNumbers()
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (MyNumber.IsIn(fields[index]))
            {
                _hasFaults = true;
                // The number itself is not repeated: answers are logged on the way.
                notices.Add(new Notice(MyNumberRefusal.Code, NoticeSeverity.Error, "This holds a 12-digit number that passes the check of an Individual Number (マイナンバー); take it out.")
                {
                    Line = line,
                    Column = index + 1,
                    Field = columns.Values.FirstOrDefault(column => column.Index == index).Heading,
                });
            }
        }
    }

    private string Name(string field)
    {
        var text = Cell(field);
        if (text.Length == 0)
        {
            Fault(field, "missing", text, "is missing");
        }
        else if (!Identifier().IsMatch(text))
        {
            Fault(field, "value-malformed", text, "is not 1 to 64 letters, digits, '-', '_' or '.'");
        }

        return text;
    }

    private string? Text(string field, bool isRequired = false)
    {
        var text = Cell(field);
        if (text.Length == 0 && isRequired)
        {
            Fault(field, "missing", text, "is missing");
        }
        else if (text.Length > LongestText)
        {
            Fault(field, "text-too-long", text, $"has {text.Length} characters; {LongestText} are allowed");
        }
        else if (text.Any(char.IsControl))
        {
            Fault(field, "text-not-readable", text, "has line breaks or control characters");
        }

        return text.Length == 0 ? null : text;
    }

    private double? Number(string field, double least, double most, string unit)
    {
        // Office software in Japanese leaves numbers in full width.
        var text = Cell(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (double.TryParse(text.Normalize(NormalizationForm.FormKC), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(field, "value-out-of-range", text, string.Create(CultureInfo.InvariantCulture, $"is no number from {least} to {most} ({unit})"));
        return null;
    }

    private string Cell(string field) => columns.TryGetValue(field, out var column) && column.Index < fields.Count ? fields[column.Index] : "";

    private void Fault(string field, string code, string value, string what)
    {
        _hasFaults = true;
        var (index, heading) = columns[field];
        var shown = MyNumber.IsIn(value) ? null : value.Length > LongestShown ? value[..LongestShown] + "…" : value;
        notices.Add(new Notice(code, NoticeSeverity.Error, $"{heading} {what}.") { Line = line, Column = index + 1, Field = heading, Value = shown });
    }

    // The tag ja-Hira says hiragana, full width.
    private static string Hiragana(string reading)
        => string.Concat(reading.Normalize(NormalizationForm.FormKC).Select(character => character is >= 'ァ' and <= 'ヶ' ? (char)(character - KatakanaAfterHiragana) : character));

    private static void Take(LocalizedText name, string language, string? text)
    {
        if (text is not null)
        {
            name[language] = text;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();
}
