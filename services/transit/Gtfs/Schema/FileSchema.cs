namespace SmartCity.Transit.Gtfs.Schema;

/// <summary>What one file of a dataset may hold.</summary>
/// <param name="Key">Columns that name a row; none where rows have no name.</param>
/// <param name="IsJapanese">Of GTFS-JP: read leniently, its faults are warnings.</param>
/// <param name="IsSingle">At most one row.</param>
internal sealed record FileSchema(
    string Name, FilePresence Presence, bool IsJapanese, bool IsSingle, IReadOnlyList<string> Key, IReadOnlyList<ColumnSchema> Columns)
{
    public int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name == column)
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>What one column may hold.</summary>
/// <param name="Values">Of an enumeration, its numbers.</param>
/// <param name="Minimum">Of a number, the least that is allowed; null for none.</param>
/// <param name="Target">The file and column that an id must be found in, such as <c>stops.txt.stop_id</c>; or null.</param>
internal sealed record ColumnSchema(string Name, ColumnType Type, ColumnPresence Presence, IReadOnlyList<int> Values, double? Minimum, string? Target);

internal enum FilePresence
{
    Optional,
    Recommended,
    Required,
}

internal enum ColumnPresence
{
    Optional,

    /// <summary>The column must be there, its fields may be empty.</summary>
    Column,
    Recommended,
    Required,
}

/// <summary>Field types of GTFS (https://gtfs.org/documentation/schedule/reference/#field-types).</summary>
internal enum ColumnType
{
    Text,
    Id,
    Url,
    Email,
    Phone,
    Color,
    Latitude,
    Longitude,
    Time,
    Date,
    Language,
    Timezone,
    Currency,
    Int,
    Float,
    Enum,
    RouteType,
}
