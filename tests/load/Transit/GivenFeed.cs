namespace SmartCity.Load.Transit;

/// <summary>A real feed to measure beside the generated one.</summary>
internal static class GivenFeed
{
    /// <summary>The environment variable that names its zip.</summary>
    public const string Variable = "SMARTCITY_LOAD_GTFS";

    /// <returns>Null where none is named.</returns>
    public static byte[]? Read() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? File.ReadAllBytes(path) : null;
}
