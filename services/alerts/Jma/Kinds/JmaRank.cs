namespace SmartCity.Alerts.Jma.Kinds;

/// <summary>How grave JMA says that something is.</summary>
public enum JmaRank
{
    /// <summary>解除, なし: nothing is in force there.</summary>
    None,

    /// <summary>情報, 予報: worth knowing.</summary>
    Information,

    /// <summary>注意報.</summary>
    Advisory,

    /// <summary>警報.</summary>
    Warning,

    /// <summary>危険警報, from 2026.</summary>
    Danger,

    /// <summary>特別警報.</summary>
    Emergency,
}

/// <summary>What one statement means.</summary>
/// <param name="Phenomenon">Key of the words in <c>Jma/Wording</c>, such as <c>landslide</c>.</param>
/// <param name="Rank">How grave.</param>
/// <param name="Level">
/// The alert level (警戒レベル) that the bulletin itself states, or that the Cabinet Office's guideline (避難情報に関するガイドライン)
/// gives this very information; null everywhere else, since nobody but JMA says how its warnings compare.
/// </param>
/// <param name="Hazard">Hazard key, or null: that of the bulletin's kind.</param>
public sealed record JmaSense(string Phenomenon, JmaRank Rank, int? Level = null, string? Hazard = null)
{
    public static readonly JmaSense Nothing = new("nothing", JmaRank.None);

    public bool IsInForce => Rank != JmaRank.None;
}
