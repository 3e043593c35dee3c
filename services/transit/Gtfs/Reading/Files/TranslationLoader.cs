using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class TranslationLoader : IFileLoader
{
    public string File => "translations.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (tableName, field, language, translation) = (table.Column("table_name"), table.Column("field_name"), table.Column("language"), table.Column("translation"));
        var (record, subRecord, value, old, oldLanguage) = (
            table.Column("record_id"), table.Column("record_sub_id"), table.Column("field_value"), table.Column("trans_id"), table.Column("lang"));
        while (table.Next())
        {
            if ((table.Text(language) ?? table.Text(oldLanguage))?.ToLowerInvariant() is not { } tag)
            {
                continue;
            }

            tag = draft.Context.Texts.Of(tag);
            draft.TranslationLanguages.Add(tag);
            var of = table.Has(old)
                ? TranslationKey.OfAnyField(table.Text(old)!, tag)
                : table.Has(value)
                    ? TranslationKey.OfValue(table.Text(tableName)!, table.Text(field)!, table.Text(value)!, tag)
                    : TranslationKey.OfRecord(table.Text(tableName) ?? "", table.Text(field) ?? "", table.Text(record) ?? "", table.Text(subRecord) ?? "", tag);
            if (table.Has(old) || TranslationCheck.Check(table, tableName, field, record, subRecord, value, draft.Context))
            {
                draft.Translations.TryAdd(of, table.Text(translation)!);
            }
        }
    }
}
