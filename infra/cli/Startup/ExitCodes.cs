namespace SmartCity.Cli.Startup;

/// <summary>What the command tells scripts. The README lists them; they never change.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Refused by the platform, faults in what was handed in, or a check that failed.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong, or a file that it names is not there.</summary>
    public const int Usage = 2;

    /// <summary>The gateway could not be reached, or its answer did not come.</summary>
    public const int Unreachable = 3;
}
