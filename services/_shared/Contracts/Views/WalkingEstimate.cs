namespace SmartCity.Contracts.Views;

/// <summary>
/// How far and how long one walks, guessed from the straight line: there is no network of paths behind it, and a closed
/// bridge makes it wrong. Everything that shows it says that it is an estimate.
/// </summary>
public static class WalkingEstimate
{
    /// <summary>
    /// Way per straight line. Networks of streets have about 1.2 (Newell 1980; O'Sullivan and Morrall 1996, 1.21 to 1.23);
    /// paths of a rural town with rivers wind more.
    /// </summary>
    public const double DetourFactor = 1.3;

    /// <summary>The speed on foot that the Fire and Disaster Management Agency's manual on fleeing tsunamis plans with (津波避難対策推進マニュアル); half of it for people who walk with difficulty.</summary>
    public const double MetresPerSecond = 1.0;

    /// <param name="straightMetres">Great-circle distance.</param>
    public static double Metres(double straightMetres) => straightMetres * DetourFactor;

    /// <summary>Minutes, rounded up.</summary>
    /// <param name="straightMetres">Great-circle distance.</param>
    public static int Minutes(double straightMetres) => (int)Math.Ceiling(Metres(straightMetres) / MetresPerSecond / 60);
}
