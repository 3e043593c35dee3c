namespace SmartCity.Transit.Tests.Vehicles.Simulation;

/// <summary>What befalls a run.</summary>
internal enum Incident
{
    None,

    /// <summary>No bus comes, and nobody says so.</summary>
    NoShow,

    /// <summary>Cancelled before it begins; no bus comes.</summary>
    CancelledBefore,

    /// <summary>Breaks down half way and is cancelled some minutes later.</summary>
    CancelledOnTheWay,

    /// <summary>Breaks down half way; its device goes on saying where it stands.</summary>
    BreakdownHeard,

    /// <summary>Breaks down half way, with its device.</summary>
    BreakdownSilent,

    /// <summary>Drives on as ever, and its device falls silent for good.</summary>
    SilentForGood,

    /// <summary>Drives on, unheard for eight minutes.</summary>
    SilentForAWhile,

    /// <summary>Held up for a quarter of an hour half way.</summary>
    Delay,

    /// <summary>Leaves its way past three stops and comes back to it.</summary>
    Detour,

    /// <summary>Its messages come late, twice and in the wrong order.</summary>
    BadNetwork,
}
