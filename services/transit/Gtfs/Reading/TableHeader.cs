using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>The first row of a file.</summary>
internal static class TableHeader
{
    /// <summary>Place in the file of every column of the schema (-1 where it is not there), or null where the file can't be used.</summary>
    public static int[]? Read(CsvReader csv, FileSchema schema, ReadingContext context)
    {
        if (!csv.Read() || (csv.FieldCount == 1 && csv.Field(0).Trim().IsEmpty))
        {
            Fault(context, "empty_file", schema);
            return null;
        }

        var places = new int[schema.Columns.Count];
        Array.Fill(places, -1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isUsable = true;
        for (var place = 0; place < csv.FieldCount; place++)
        {
            var name = csv.Field(place).Trim().ToString();
            if (name.Length == 0)
            {
                context.Fault("empty_column_name", schema.Name, csv.Line, value: (place + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
                // A comma at the end of every row is a column without a name: nothing is lost with it.
                isUsable &= !ReadingContext.IsEssential(schema.Name);
            }
            else if (!seen.Add(name))
            {
                context.Fault("duplicated_column", schema.Name, csv.Line, name, name);
                isUsable = false;
            }
            else if (schema.IndexOf(name) is >= 0 and var index)
            {
                places[index] = place;
                context.Columns.Add($"{schema.Name}.{name}");
            }
            else if (!schema.IsJapanese)
            {
                context.Notices.Add("unknown_column", schema.Name, csv.Line, name, name);
            }
        }

        return CheckMissing(places, schema, context) && isUsable ? places : null;
    }

    private static bool CheckMissing(int[] places, FileSchema schema, ReadingContext context)
    {
        // The form of GTFS-JP before 2020: trans_id, lang, translation.
        if (schema.Name == "translations.txt" && places[schema.IndexOf("trans_id")] >= 0 && places[schema.IndexOf("translation")] >= 0)
        {
            context.Notices.Add("old_translations_form", schema.Name, 1);
            return true;
        }

        var isUsable = true;
        for (var index = 0; index < places.Length; index++)
        {
            var column = schema.Columns[index];
            if (places[index] >= 0)
            {
                continue;
            }

            if (column.Presence is ColumnPresence.Required or ColumnPresence.Column)
            {
                context.Fault("missing_required_column", schema.Name, 1, column.Name);
                isUsable = false;
            }
            else if (column.Presence == ColumnPresence.Recommended)
            {
                context.Notices.Add("missing_recommended_column", schema.Name, 1, column.Name);
            }
        }

        return isUsable;
    }

    private static void Fault(ReadingContext context, string code, FileSchema schema)
    {
        if (schema.Presence == FilePresence.Required)
        {
            context.Notices.Add(code, schema.Name);
        }
        else
        {
            context.Notices.AddHarmless(code, schema.Name);
        }
    }
}
