using System.Globalization;
using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Reads one field as its type, and says what is wrong with it.</summary>
internal sealed class FieldCheck(FileSchema schema, ReadingContext context)
{
    /// <summary>A field without anything; false where the row can't be used without it.</summary>
    public bool Empty(ColumnSchema column, int line)
    {
        if (column.Presence == ColumnPresence.Required && !IsOldTranslation(column))
        {
            context.Fault("missing_required_field", schema.Name, line, column.Name);
            return false;
        }

        if (column.Presence == ColumnPresence.Recommended)
        {
            context.Notices.Add("missing_recommended_field", schema.Name, line, column.Name);
        }

        return true;
    }

    /// <summary>False where the field can't be used; a notice then says why.</summary>
    public bool TryRead(ColumnSchema column, ReadOnlySpan<char> field, int line, out double number)
    {
        number = 0;
        if (field.ContainsAny('\uFFFD', '\0'))
        {
            context.Fault("invalid_character", schema.Name, line, column.Name, Readable(field));
        }

        if (field.ContainsAny('\n', '\r'))
        {
            context.Fault("new_line_in_value", schema.Name, line, column.Name, field);
        }

        var text = field.Trim();
        if (text.Length < field.Length)
        {
            Note("leading_or_trailing_whitespaces", column, field, line);
            if (text.IsEmpty)
            {
                return Empty(column, line) && false;
            }
        }

        return TryType(column, text, line, out number);
    }

    private bool TryType(ColumnSchema column, ReadOnlySpan<char> text, int line, out double number)
    {
        number = 0;
        switch (column.Type)
        {
            case ColumnType.Text:
                return true;
            case ColumnType.Id:
                if (!FieldFormats.IsPrintableAscii(text))
                {
                    Note("non_ascii_or_non_printable_char", column, text, line);
                }

                return true;
            case ColumnType.Time:
                var isTime = FieldFormats.TryTime(text, out var seconds);
                number = seconds;
                return isTime || Fail("invalid_time", column, text, line);
            case ColumnType.Date:
                var isDate = FieldFormats.TryDate(text, out var day);
                number = day;
                return isDate || Fail("invalid_date", column, text, line);
            case ColumnType.Int or ColumnType.Enum or ColumnType.RouteType:
                return TryInteger(column, text, line, out number);
            case ColumnType.Float or ColumnType.Latitude or ColumnType.Longitude:
                return TryReal(column, text, line, out number);
            case ColumnType.Color:
                return FieldFormats.IsColor(text) || Fail("invalid_color", column, text, line);
            case ColumnType.Url:
                return FieldFormats.IsUrl(text) || Fail("invalid_url", column, text, line);
            case ColumnType.Email:
                return FieldFormats.IsEmail(text) || Fail("invalid_email", column, text, line);
            case ColumnType.Phone:
                return FieldFormats.IsPhone(text) || Fail("invalid_phone_number", column, text, line);
            case ColumnType.Language:
                return FieldFormats.IsLanguage(text) || Fail("invalid_language_code", column, text, line);
            case ColumnType.Currency:
                return FieldFormats.IsCurrency(text) || Fail("invalid_currency", column, text, line);
            case ColumnType.Timezone:
                return FieldFormats.IsTimeZone(text) || Fail("invalid_timezone", column, text, line);
            default:
                throw new InvalidOperationException($"No reader for {column.Type}.");
        }
    }

    private bool TryInteger(ColumnSchema column, ReadOnlySpan<char> text, int line, out double number)
    {
        var isInteger = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        number = value;
        if (!isInteger)
        {
            return Fail("invalid_integer", column, text, line);
        }

        if (column.Type == ColumnType.Int)
        {
            return InRange(column, value, text, line);
        }

        // A value that the standard may get tomorrow must not stop a feed today; extended route types are in wide use.
        var isExtended = column.Type == ColumnType.RouteType && value is >= 100 and < 1800;
        if (column.Type == ColumnType.RouteType ? value is not ((>= 0 and <= 7) or 11 or 12) : !column.Values.Contains(value))
        {
            Note("unexpected_enum_value", column, text, line);
            return isExtended || column.Presence == ColumnPresence.Required;
        }

        return true;
    }

    private bool TryReal(ColumnSchema column, ReadOnlySpan<char> text, int line, out double number)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
        {
            return Fail("invalid_float", column, text, line);
        }

        var most = column.Type switch
        {
            ColumnType.Latitude => 90,
            ColumnType.Longitude => 180,
            _ => double.MaxValue,
        };
        return column.Type == ColumnType.Float || Math.Abs(number) <= most
            ? InRange(column, number, text, line)
            : Fail("number_out_of_range", column, text, line);
    }

    private bool InRange(ColumnSchema column, double number, ReadOnlySpan<char> text, int line)
        => column.Minimum is not { } minimum || number >= minimum || Fail("number_out_of_range", column, text, line);

    private bool Fail(string code, ColumnSchema column, ReadOnlySpan<char> text, int line)
    {
        context.Fault(code, schema.Name, line, column.Name, text);
        return false;
    }

    private void Note(string code, ColumnSchema column, ReadOnlySpan<char> text, int line)
        => context.Notices.Add(code, schema.Name, line, column.Name, context.Notices.IsFull(code) ? null : text.ToString());

    private bool IsOldTranslation(ColumnSchema column) => schema.Name == "translations.txt" && column.Name != "translation" && context.Columns.Contains("translations.txt.trans_id");

    private static string Readable(ReadOnlySpan<char> field) => field.ToString().Replace('\0', '\u2400');
}
