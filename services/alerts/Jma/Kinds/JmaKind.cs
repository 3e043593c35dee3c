namespace SmartCity.Alerts.Jma.Kinds;

/// <summary>A kind of bulletin, and what that means for alerts.</summary>
/// <param name="Key">Stable name, such as <c>eew-warning</c>.</param>
/// <param name="Group">What a town's manifest calls it (<see cref="Contracts.Towns.BulletinGroups"/>); empty where nothing is made of it.</param>
/// <param name="Hazard">Hazard key of its alerts where the bulletin's own words name no other.</param>
/// <param name="HoldsFor">
/// How long its alert stays in force when nothing follows. Bulletins carry no expiry (but for <c>ValidDateTime</c>), so this is our
/// choice: warnings that a later bulletin lifts get long, what is over by itself gets short.
/// </param>
public sealed record JmaKind(string Key, string Group, string Hazard, TimeSpan HoldsFor)
{
    /// <summary>Kinds that say the same and more: once the town has one of them about the same event or office, this one adds nothing.</summary>
    public IReadOnlyList<string> SaidBetterBy { get; init; } = [];

    /// <summary>
    /// Whether a serial and an EventID stand for a time of their own. Where they are empty or come again (one EventID for a river,
    /// a volcano or a prefecture), only the time of report tells two bulletins apart.
    /// </summary>
    public bool EventsAreUnique { get; init; }

    /// <summary>Kinds of one line speak of the same event one after the other and are one alert; null: the kind alone.</summary>
    public string? SharedLine { get; init; }

    public string Line => SharedLine ?? Key;

    /// <summary>Whether alerts are made of it at all.</summary>
    public bool MakesAlerts => Group.Length > 0;

    public bool Is(string key) => Key == key;
}
