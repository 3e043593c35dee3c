using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>
/// The government's recommended CSV of designated emergency shelters (デジタル庁 自治体標準オープンデータセット
/// 「指定緊急避難場所一覧」), in its present form and in the first one, whose columns have other names.
/// </summary>
internal static partial class RecommendedCsv
{
    private const string HazardPrefix = "災害種別_";
    private const string CapacityColumn = "想定収容人数";

    private static readonly string[] IdColumns = ["ID", "NO"];
    private static readonly string[] NameColumns = ["名称"];
    private static readonly string[] AddressColumns = ["所在地_連結表記", "住所"];
    private static readonly string[] LatitudeColumns = ["緯度"];
    private static readonly string[] LongitudeColumns = ["経度"];

    public static ShelterList Read(string text)
    {
        var records = CsvRecords.Read(text).ToList();
        if (records.Count == 0)
        {
            return ShelterRows.Refused("file", "", "is empty");
        }

        // Office software breaks long names into lines.
        var header = records[0].Fields.Select((name, index) => (name: name.ReplaceLineEndings(""), index)).DistinctBy(column => column.name)
            .ToDictionary(column => column.name, column => column.index, StringComparer.Ordinal);
        string? Column(string[] names) => Array.Find(names, header.ContainsKey);
        if (Column(IdColumns) is not { } id || Column(NameColumns) is not { } name
            || Column(LatitudeColumns) is not { } latitude || Column(LongitudeColumns) is not { } longitude)
        {
            return ShelterRows.Refused("header", string.Join(',', header.Keys), "lacks one of ID, 名称, 緯度, 経度: this is not the recommended form");
        }

        var rows = new ShelterRows();
        foreach (var (line, fields) in records.Skip(1))
        {
            string? Cell(string? column)
                => column is not null && header.TryGetValue(column, out var index) && index < fields.Count ? fields[index] : null;
            var latitudeDegrees = rows.Degrees(line, latitude, Cell(latitude), 90);
            var longitudeDegrees = rows.Degrees(line, longitude, Cell(longitude), 180);
            rows.Add(
                line,
                (id, Cell(id)),
                (name, Cell(name)),
                Cell("名称_英字"),
                Cell("名称_カナ"),
                Cell(Column(AddressColumns)) ?? "",
                latitudeDegrees is { } y && longitudeDegrees is { } x ? (y, x) : null,
                ShelterHazards.All.Select(hazard => (hazard.Key, HazardPrefix + hazard.OfficialName, Cell(HazardPrefix + hazard.OfficialName))),
                Capacity(rows, line, Cell(CapacityColumn)),
                AccessColumns.Read(rows, line, Cell));
        }

        return rows.ToList();
    }

    // Towns write it as they like: "120", "1,371人", "屋内191人／屋外0人(面積の1/2)".
    private static int? Capacity(ShelterRows rows, int line, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var indoors = People(Indoors().Match(text));
        if (indoors is > 0)
        {
            return indoors;
        }

        var any = People(Outdoors().Match(text)) ?? People(Plain().Match(text)) ?? indoors;
        if (any is null)
        {
            rows.Notice(line, CapacityColumn, text, "is not understood as a number of people and left out");
        }

        return any;
    }

    private static int? People(Match match)
        => match.Success && int.TryParse(match.Groups["people"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var people) ? people : null;

    [GeneratedRegex("屋内(?<people>[0-9,]+)人", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indoors();

    [GeneratedRegex("屋外(?<people>[0-9,]+)人", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Outdoors();

    [GeneratedRegex("^(?<people>[0-9,]+)人?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
