using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace SmartCity.Cli.Onboard;

/// <summary>A CSV list of municipalities with codes, such as the open list of code4fukui/localgovjp.</summary>
internal static class CodeList
{
    /// <param name="Latitude">Degrees as text, or empty where the list has none.</param>
    public sealed record Entry(string Name, string Kana, string Latitude, string Longitude);

    /// <exception cref="IOException">The list can't be read, or has no column of codes.</exception>
    public static Entry? Find(string file, string code)
    {
        using var rows = new TextFieldParser(file) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var headings = rows.ReadFields() ?? [];
        var ofCode = Column(headings, "lgcode", "code", "団体コード", "都道府県コード又は市区町村コード");
        if (ofCode < 0)
        {
            throw new IOException($"{file} has no column lgcode or code.");
        }

        while (!rows.EndOfData)
        {
            var row = rows.ReadFields() ?? [];
            if (Value(row, ofCode).PadLeft(6, '0') == code)
            {
                return new Entry(
                    Value(row, Column(headings, "city", "name", "市区町村名")),
                    Value(row, Column(headings, "citykana", "kana")),
                    Number(Value(row, Column(headings, "lat", "latitude", "緯度"))),
                    Number(Value(row, Column(headings, "lng", "lon", "longitude", "経度"))));
            }
        }

        return null;
    }

    private static int Column(string[] headings, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var place = Array.FindIndex(headings, heading => heading.Trim('\uFEFF', ' ').Equals(name, StringComparison.OrdinalIgnoreCase));
            if (place >= 0)
            {
                return place;
            }
        }

        return -1;
    }

    private static string Value(string[] row, int column) => column >= 0 && column < row.Length ? row[column].Trim() : "";

    private static string Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, 6).ToString(CultureInfo.InvariantCulture) : "";
}
