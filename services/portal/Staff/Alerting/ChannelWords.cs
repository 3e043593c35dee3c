using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Names of channels and reasons in words; what the language files do not know stands as the service names it.</summary>
internal static class ChannelWords
{
    public static Phrase Name(Language language, string channel) => Known(language, "desk.channel." + channel, channel);

    /// <param name="why">A code such as <c>status-503</c> or <c>gone</c>.</param>
    public static Phrase Why(Language language, string why)
        => why.StartsWith("status-", StringComparison.Ordinal) ? language.Text("desk.why.status", ("status", why["status-".Length..])) : Known(language, "desk.why." + why, why);

    private static Phrase Known(Language language, string key, string otherwise) => language.Has(key) ? language.Text(key) : otherwise;
}
