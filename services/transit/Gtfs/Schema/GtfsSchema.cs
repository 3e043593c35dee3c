using System.Collections.Frozen;
using System.Globalization;

namespace SmartCity.Transit.Gtfs.Schema;

/// <summary>The files of a dataset and their columns, from <c>gtfs.txt</c> beside this file: a new column is one line there.</summary>
internal static class GtfsSchema
{
    /// <summary>In the order of reading: what is referred to comes before what refers to it.</summary>
    public static IReadOnlyList<FileSchema> Files { get; } = Load();

    public static FrozenDictionary<string, FileSchema> ByName { get; } = Files.ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    /// <summary>Files of the standard that are known and not read here.</summary>
    public static readonly FrozenSet<string> KnownElsewhere = FrozenSet.ToFrozenSet(
        ["locations.geojson", "timeframes.txt", "fare_media.txt", "fare_products.txt", "fare_leg_rules.txt", "fare_leg_join_rules.txt", "fare_transfer_rules.txt", "rider_categories.txt"],
        StringComparer.Ordinal);

    /// <summary>Column that other files refer to, with the file: <c>stops.txt.zone_id</c>.</summary>
    public static FrozenSet<string> Targets { get; } = Files.SelectMany(file => file.Columns).Select(column => column.Target).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    private static FileSchema[] Load()
    {
        using var reader = new StreamReader(typeof(GtfsSchema).Assembly.GetManifestResourceStream("SmartCity.Transit.Gtfs.gtfs.txt")
            ?? throw new InvalidOperationException("The GTFS schema is not part of the program."));
        var files = new List<FileSchema>();
        List<ColumnSchema> columns = [];
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
            {
                continue;
            }

            if (words[0] == "file")
            {
                columns = [];
                files.Add(File(words, columns));
            }
            else
            {
                columns.Add(Column(words));
            }
        }

        return [.. files];
    }

    private static FileSchema File(string[] words, List<ColumnSchema> columns)
    {
        var key = Array.IndexOf(words, "key");
        var flags = words[2..key];
        return new FileSchema(
            words[1],
            flags.Contains("required", StringComparer.Ordinal) ? FilePresence.Required : flags.Contains("recommended", StringComparer.Ordinal) ? FilePresence.Recommended : FilePresence.Optional,
            flags.Contains("japan", StringComparer.Ordinal),
            flags.Contains("single", StringComparer.Ordinal),
            words[(key + 1)..],
            columns);
    }

    private static ColumnSchema Column(string[] words)
    {
        var open = words[1].IndexOf('(', StringComparison.Ordinal);
        var range = open < 0 ? "" : words[1][(open + 1)..^1];
        var type = Enum.Parse<ColumnType>(open < 0 ? words[1] : words[1][..open], ignoreCase: true);
        var arrow = Array.IndexOf(words, "->");
        return new ColumnSchema(
            words[0],
            type,
            words.Length > 2 && words[2] != "->" ? Enum.Parse<ColumnPresence>(words[2], ignoreCase: true) : ColumnPresence.Optional,
            type == ColumnType.Enum ? [.. range.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))] : [],
            range.EndsWith("..", StringComparison.Ordinal) ? double.Parse(range[..^2], CultureInfo.InvariantCulture) : null,
            arrow < 0 ? null : words[arrow + 1]);
    }
}
