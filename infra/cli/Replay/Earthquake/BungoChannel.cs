namespace SmartCity.Cli.Replay.Earthquake;

/// <summary>How strongly it shook, or was to shake, in one area.</summary>
/// <param name="PrefectureCode">Two digits (JIS X 0401).</param>
/// <param name="AreaCode">Of the agency's areas for intensities.</param>
/// <param name="Intensity">As the agency's XML writes it: 3, 4, 5-, 5+, 6-.</param>
/// <param name="Cities">Municipalities with that intensity, by the agency's seven digits.</param>
internal sealed record Shaking(string PrefectureCode, string Prefecture, string AreaCode, string Area, string Intensity, params (string Code, string Name)[] Cities);

/// <summary>One bulletin of the sequence.</summary>
/// <param name="AfterSeconds">From the detection of the first wave.</param>
/// <param name="IsReconstructed">Whether its time or figures are our reconstruction and not from a public source.</param>
internal sealed record SequenceStep(double AfterSeconds, BulletinKind Kind, int Serial, double Magnitude, int DepthKilometres, IReadOnlyList<Shaking> Areas, bool IsReconstructed);

internal enum BulletinKind
{
    Forecast,
    Warning,
    Intensity,
    Earthquake,
}

/// <summary>
/// The earthquake of 2024-04-17, 23:14 JST, in the Bungo Channel (豊後水道), as bulletins of the Japan Meteorological Agency. From public sources:
/// the wave was detected at 23:14:54.2, the first warning came at 23:14:59.7 and its continuation at 23:15:10.6 (Wikipedia, 豊後水道地震, after the agency's
/// record of early warnings, https://www.data.jma.go.jp/eew/data/nc/pub_hist/); the report of 23:19 (今日新聞, 2024-04-18); M 6.4 at 50 km at first and
/// M 6.6 at 39 km afterwards, and which cities measured 6-, 5+ and 5- (FBS, 2024-04-17, 23:47, after the agency). No document of the agency is copied.
/// Reconstructed are the forecasts between the warnings, the figures inside each early warning, and the times of the intensity report and of the revision.
/// </summary>
internal static class BungoChannel
{
    /// <summary>When the first wave was detected.</summary>
    public static readonly DateTimeOffset DetectedAt = new DateTimeOffset(2024, 4, 17, 23, 14, 54, TimeSpan.FromHours(9)).AddMilliseconds(200);

    public const string Name = "豊後水道";

    /// <summary>The agency's code of the epicentre's area.</summary>
    public const string AreaCode = "770";

    public const double LatitudeDegrees = 33.2;

    public const double LongitudeDegrees = 132.4;

    private static readonly Shaking[] Near =
    [
        new("38", "愛媛県", "622", "愛媛県南予", "5-"), new("39", "高知県", "632", "高知県西部", "5-"), new("44", "大分県", "752", "大分県南部", "4"),
    ];

    private static readonly Shaking[] Wide = [new("38", "愛媛県", "622", "愛媛県南予", "5+"), new("39", "高知県", "632", "高知県西部", "5+"), new("44", "大分県", "752", "大分県南部", "5-"), new("45", "宮崎県", "760", "宮崎県北部平野部", "4")];

    private static readonly Shaking[] Measured =
    [
        new("38", "愛媛県", "622", "愛媛県南予", "6-", ("3850600", "愛南町")), new("39", "高知県", "632", "高知県西部", "6-", ("3920800", "宿毛市")),
        new("44", "大分県", "752", "大分県南部", "5-", ("4420500", "佐伯市"), ("4420700", "津久見市")),
    ];

    public static readonly IReadOnlyList<SequenceStep> Steps =
    [
        new(3.1, BulletinKind.Forecast, 1, 5.4, 40, [Near[0] with { Intensity = "4" }], IsReconstructed: true),
        new(5.5, BulletinKind.Warning, 1, 6.1, 40, Near, IsReconstructed: false),
        new(5.6, BulletinKind.Forecast, 2, 6.1, 40, Near, IsReconstructed: true),
        new(9.3, BulletinKind.Forecast, 3, 6.3, 40, Near, IsReconstructed: true),
        new(16.4, BulletinKind.Warning, 2, 6.4, 40, Wide, IsReconstructed: false),
        new(16.5, BulletinKind.Forecast, 4, 6.4, 40, Wide, IsReconstructed: true),
        new(45, BulletinKind.Forecast, 5, 6.4, 40, Wide, IsReconstructed: true),
        new(95, BulletinKind.Intensity, 1, 0, 0, Measured, IsReconstructed: true),
        new(265.8, BulletinKind.Earthquake, 1, 6.4, 50, Measured, IsReconstructed: false),
        new(600, BulletinKind.Earthquake, 2, 6.6, 39, Measured, IsReconstructed: true),
    ];
}
