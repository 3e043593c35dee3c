using SmartCity.Alerts.Jma.Kinds;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>One bulletin of the Japan Meteorological Agency (気象庁防災情報XML, format version 1), as far as alerts need it.</summary>
public sealed record JmaReport
{
    /// <summary><c>Control/Title</c>: names the kind of bulletin, such as 緊急地震速報（予報）.</summary>
    public required string Title { get; init; }

    public required JmaKind Kind { get; init; }

    /// <summary><c>Control/DateTime</c>: when it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public required JmaStatus Status { get; init; }

    /// <summary><c>Control/EditorialOffice</c>: who wrote it. Weather warnings have no EventID; their office takes its place.</summary>
    public required string EditorialOffice { get; init; }

    public required string PublishingOffice { get; init; }

    public required string HeadTitle { get; init; }

    /// <summary><c>Head/ReportDateTime</c>: when it is said to be issued.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary><c>Head/TargetDateTime</c>: what time it is about.</summary>
    public DateTimeOffset? TargetAt { get; init; }

    /// <summary><c>Head/ValidDateTime</c>: until when it holds, where it says so.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>May be empty.</summary>
    public required string EventId { get; init; }

    public required JmaInfoType InfoType { get; init; }

    /// <summary>May be empty; a cancellation repeats the serial of the bulletin that it takes back.</summary>
    public required string Serial { get; init; }

    public required string InfoKind { get; init; }

    /// <summary>May be empty.</summary>
    public required string Headline { get; init; }

    /// <summary>What the body says in words, one paragraph each.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>What it says about which area.</summary>
    public required IReadOnlyList<JmaStatement> Statements { get; init; }

    public JmaEarthquake? Earthquake { get; init; }
}

/// <summary>One area and what is said about it.</summary>
public sealed record JmaStatement
{
    public required JmaArea Area { get; init; }

    /// <summary><c>Kind/Name</c>, such as レベル４土砂災害危険警報; empty where only the state is said.</summary>
    public required string Name { get; init; }

    public string Code { get; init; } = "";

    /// <summary><c>Kind/Status</c> or <c>Kind/Condition</c>: 発表, 継続, 解除 …</summary>
    public string State { get; init; } = "";

    /// <summary>What was forecast or measured there, such as 震度５弱 or 津波の高さ ３ｍ; empty where nothing was.</summary>
    public string Detail { get; init; } = "";
}

/// <param name="Name">As JMA writes it.</param>
/// <param name="Code">As JMA writes it; may be empty.</param>
/// <param name="Type">Which list the code is from.</param>
/// <param name="Prefectures">Two-digit codes of the prefectures, where code, name or the element around it tell them; coasts may touch several.</param>
public sealed record JmaArea(string Name, string Code, JmaAreaType Type, IReadOnlyList<string> Prefectures);

/// <summary>The lists of codes that JMA's areas are from (its code table calls them codeType).</summary>
public enum JmaAreaType
{
    Other,

    /// <summary>気象・地震・火山情報／市町村等: seven digits, the first five are the local-government code without check digit.</summary>
    Municipality,

    /// <summary>気象情報／府県予報区・細分区域等: six digits, the first two are the prefecture.</summary>
    Weather,

    /// <summary>地震情報／細分区域: three digits.</summary>
    Earthquake,

    /// <summary>緊急地震速報／府県予報区 (four digits beginning with 9) and 地震情報／都道府県等 (two digits).</summary>
    Prefecture,

    /// <summary>津波予報区: three digits.</summary>
    Tsunami,

    /// <summary>河川 (ten digits) and 指定河川洪水予報（予報区域） (twelve digits).</summary>
    River,

    /// <summary>火山名: three digits.</summary>
    Volcano,
}

/// <summary>The first earthquake that a bulletin is about.</summary>
/// <param name="Place">Name of the hypocentre's region.</param>
/// <param name="Magnitude">In JMA's words (Ｍ６．６); empty where unknown.</param>
/// <param name="LatitudeDegrees">Of the hypocentre, or null.</param>
/// <param name="LongitudeDegrees">Of the hypocentre, or null.</param>
/// <param name="DepthKilometres">Of the hypocentre, or null.</param>
public sealed record JmaEarthquake(
    DateTimeOffset? OriginAt, string Place, string Magnitude, double? LatitudeDegrees, double? LongitudeDegrees, double? DepthKilometres);

/// <summary><c>Control/Status</c>: 通常, 訓練 or 試験.</summary>
public enum JmaStatus
{
    Normal,
    Drill,
    Test,
}

/// <summary><c>Head/InfoType</c>, in the order in which they replace each other at one time: 発表, 遅延, 訂正, 取消.</summary>
public enum JmaInfoType
{
    Issued,
    Delayed,
    Corrected,
    Cancelled,
}
