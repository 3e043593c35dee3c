namespace SmartCity.Contracts.Towns;

/// <summary>
/// What the town does with bulletins of the Japan Meteorological Agency (気象庁防災情報XML), and the agency's codes of the areas that
/// it lies in. Municipalities are known by the town's own code; a list of other areas that is left out means the whole prefecture,
/// an empty one that no such area is the town's (a town without a coast: <c>tsunamiAreas: []</c>).
/// </summary>
public sealed record BulletinSettings
{
    /// <summary>地震情報／細分区域, three digits, of earthquake early warnings and intensities: <c>380</c> is eastern Toyama.</summary>
    public IReadOnlyList<string>? EarthquakeAreas { get; init; }

    /// <summary>津波予報区, three digits: <c>350</c> is Toyama.</summary>
    public IReadOnlyList<string>? TsunamiAreas { get; init; }

    /// <summary>気象情報／府県予報区・細分区域等, six digits: <c>160012</c> is the north of eastern Toyama.</summary>
    public IReadOnlyList<string>? WeatherAreas { get; init; }

    /// <summary>河川 (8 to 10 digits) and 予報区域 (12 digits) of flood forecasts.</summary>
    public IReadOnlyList<string>? Rivers { get; init; }

    /// <summary>火山名, three digits.</summary>
    public IReadOnlyList<string>? Volcanoes { get; init; }

    /// <summary>What is done with what <see cref="Kinds"/> does not name.</summary>
    public BulletinAction Action { get; init; }

    /// <summary>What is done with some kinds.</summary>
    public IReadOnlyList<BulletinPolicy> Kinds { get; init; } = [];

    /// <param name="kind">One of <see cref="BulletinGroups"/>.</param>
    public BulletinAction ActionFor(string kind) => Kinds.FirstOrDefault(policy => policy.Kind == kind)?.Action ?? Action;
}

/// <param name="Kind">One of <see cref="BulletinGroups"/>.</param>
public sealed record BulletinPolicy(string Kind, BulletinAction Action);

/// <summary>Whether a bulletin that concerns the town reaches residents at once, waits for an officer, or is only kept on record.</summary>
public enum BulletinAction
{
    Publish,
    Draft,
    Ignore,
}

/// <summary>The kinds of bulletins that a town can tell apart.</summary>
public static class BulletinGroups
{
    public static readonly IReadOnlyList<string> All =
        ["earthquake-warning", "earthquake-forecast", "earthquake", "tsunami", "weather", "landslide", "flood", "volcano", "weather-information"];
}
