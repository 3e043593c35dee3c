using System.Text;

namespace SmartCity.ServiceDefaults.Text;

/// <summary>Splits CSV text (RFC 4180) into records and remembers the line on which each begins, for error messages.</summary>
public static class CsvRecords
{
    /// <summary>Each record with the line of the file, from 1, where it begins; blank ones are left out.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Read(string text)
    {
        var line = 1;
        var first = 1;
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '\n')
            {
                line++;
            }

            if (quoted)
            {
                if (character != '"')
                {
                    field.Append(character);
                }
                else if (index + 1 < text.Length && text[index + 1] == '"')
                {
                    field.Append('"');
                    index++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (character == ',')
            {
                Take(fields, field);
            }
            else if (character == '\n')
            {
                Take(fields, field);
                if (!IsBlank(fields))
                {
                    yield return (first, fields);
                }

                fields = [];
                first = line;
            }
            else
            {
                field.Append(character);
            }
        }

        Take(fields, field);
        if (!IsBlank(fields))
        {
            yield return (first, fields);
        }
    }

    private static void Take(List<string> fields, StringBuilder field)
    {
        // The carriage return of a line end is white space at the end of its last field.
        fields.Add(field.ToString().Trim());
        field.Clear();
    }

    private static bool IsBlank(List<string> fields) => fields.TrueForAll(field => field.Length == 0);
}
