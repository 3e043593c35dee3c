namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>How large a dataset may be. A prefecture's feed has some 30 MB in 15 files.</summary>
internal static class FeedLimits
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Bytes of the zip itself; the gateway lets no more through.</summary>
    public const long ZipBytes = 64 * Mebibyte;

    public const int Entries = 200;

    public const long EntryBytes = 512 * Mebibyte;

    public const long TotalBytes = 1024 * Mebibyte;

    /// <summary>How much smaller an entry may be than what it unpacks to, once that is more than <see cref="BytesWithoutRatio"/>.</summary>
    public const int Ratio = 300;

    public const long BytesWithoutRatio = 8 * Mebibyte;

    public const int RowsOfFile = 20_000_000;

    public const int CharactersOfRow = 256 * 1024;
}
