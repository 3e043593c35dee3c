namespace SmartCity.Registry.Planning;

/// <summary>The lists of a manifest whose entries have an id, and what it is called.</summary>
internal static class Sections
{
    public const string Own = "municipality";
    public const string Services = "services";
    public const string Devices = "devices";

    public static readonly IReadOnlyDictionary<string, string> KeyOf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Services] = "name",
        ["rules"] = "id",
        ["policies"] = "ruleId",
        ["deviceKinds"] = "kind",
        [Devices] = "id",
        ["clinics"] = "id",
        ["transitFeeds"] = "id",
        ["thirdPartyServices"] = "name",
        ["people"] = "name",
    };
}
