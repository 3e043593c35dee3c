using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Safety;

/// <summary>Needs in words.</summary>
internal static class SafetyWords
{
    /// <summary>The language file's word, else the key as it stands: a need may be newer than this page.</summary>
    public static Phrase Need(Language language, string need)
        => language.Has("safety.need." + need) ? language.Text("safety.need." + need) : need;
}
