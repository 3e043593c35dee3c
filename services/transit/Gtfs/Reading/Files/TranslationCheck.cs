using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs.Reading.Files;

/// <summary>Whether a translation says what it is of (GTFS Schedule reference, translations.txt).</summary>
internal static class TranslationCheck
{
    private const string File = "translations.txt";

    /// <summary>False where the row translates nothing that there is.</summary>
    public static bool Check(GtfsTable table, int tableName, int field, int record, int subRecord, int value, ReadingContext context)
    {
        var name = table.Text(tableName) ?? "";
        if (!GtfsSchema.ByName.TryGetValue(name + ".txt", out var schema) || !context.Has(schema.Name))
        {
            context.Notices.Add("translation_unknown_table_name", File, table.Line, "table_name", name);
            return false;
        }

        var isWhole = name == "feed_info";
        if ((isWhole || table.Has(value)) && (table.Has(record) || table.Has(subRecord)))
        {
            context.Notices.Add("translation_unexpected_value", File, table.Line, "record_id", table.Text(record) ?? table.Text(subRecord), table.Text(field));
            return false;
        }

        if (isWhole || table.Has(value))
        {
            return true;
        }

        if (!table.Has(record))
        {
            context.Fault("missing_required_field", File, table.Line, "record_id");
            return false;
        }

        return IsKnown(table, schema, record, context);
    }

    private static bool IsKnown(GtfsTable table, FileSchema schema, int record, ReadingContext context)
    {
        var target = schema.Name == "stop_times.txt" ? "trips.txt.trip_id" : schema.Key.Count == 1 ? $"{schema.Name}.{schema.Key[0]}" : null;
        if (target is null || context.Unreadable.Contains(schema.Name) || context.Ids(target).Find(table.Span(record)) >= 0)
        {
            return true;
        }

        context.Notices.Add("translation_foreign_key_violation", File, table.Line, "record_id", table.Text(record), schema.Name);
        return false;
    }
}
