namespace SmartCity.Transit.Live;

/// <summary>Notes beside departures, in Japanese and else in English.</summary>
internal static class LiveWords
{
    /// <param name="wasHeard">Whether the vehicle was heard before.</param>
    public static string Silent(bool wasHeard, string language) => (IsJapanese(language), wasHeard) switch
    {
        (true, true) => "車両の位置情報が途絶えています",
        (true, false) => "車両の位置情報がまだありません",
        (false, true) => "The vehicle has stopped saying where it is",
        (false, false) => "No vehicle has been heard of yet",
    };

    /// <param name="reason">Of the order, of a closed stop, or <c>stop-skipped</c> of a feed.</param>
    public static string? Cancelled(string? reason, string language)
        => reason == "stop-skipped" ? IsJapanese(language) ? "この停留所は通過します" : "Does not stop here" : reason;

    private static bool IsJapanese(string language) => language.StartsWith("ja", StringComparison.OrdinalIgnoreCase);
}
