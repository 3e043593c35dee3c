namespace SmartCity.ServiceDefaults.Names;

/// <summary>One record whose name is compared.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As it is written, usually in kanji.</param>
/// <param name="Kana">Its reading, or null where none was given.</param>
public sealed record NamedRecord(string Id, string Name, string? Kana = null);

/// <summary>Records that may be about the same person, place or thing: a warning for a person to judge.</summary>
/// <param name="Ids">At least two, in the order of the list.</param>
/// <param name="IsReadingCertain">Whether every one of them has the same reading; false where a reading is missing.</param>
public sealed record LikelyDuplicates(IReadOnlyList<string> Ids, bool IsReadingCertain);

/// <summary>Finds likely duplicates in one pass.</summary>
public static class NameDuplicates
{
    /// <summary>
    /// Groups of records with the same name key, told apart by their readings: 東（ひがし） and 東（あずま） are not
    /// likely the same. Where a reading is missing, its record is grouped with all of its name. In time proportional
    /// to the number of records.
    /// </summary>
    public static IReadOnlyList<LikelyDuplicates> Find(IEnumerable<NamedRecord> records)
    {
        var groups = new List<LikelyDuplicates>();
        var keyed = records.Select(record => (record.Id, Name: NameKey.Of(record.Name), Kana: NameKey.Of(record.Kana)))
            .Where(record => record.Name.Length > 0);
        foreach (var sameName in keyed.GroupBy(record => record.Name, StringComparer.Ordinal))
        {
            var readings = sameName.GroupBy(record => record.Kana, StringComparer.Ordinal).ToList();
            if (readings.Exists(reading => reading.Key.Length == 0))
            {
                Add(sameName.Select(record => record.Id), isReadingCertain: false);
            }
            else
            {
                readings.ForEach(reading => Add(reading.Select(record => record.Id), isReadingCertain: true));
            }
        }

        return groups;

        void Add(IEnumerable<string> ids, bool isReadingCertain)
        {
            var all = ids.ToArray();
            if (all.Length > 1)
            {
                groups.Add(new LikelyDuplicates(all, isReadingCertain));
            }
        }
    }
}
