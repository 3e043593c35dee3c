namespace SmartCity.Portal.Staff.Changes;

/// <summary>What the parts of a plan are called, as keys of the language files.</summary>
internal static class PlanWords
{
    private static readonly string[] Sections = ["municipality", "services", "rules", "policies", "deviceKinds", "devices", "clinics", "transitFeeds", "thirdPartyServices", "people"];

    /// <summary>Of a section of the manifest; one that the files do not know is an entry.</summary>
    public static string SectionKey(string section) => "staff.section." + (Sections.Contains(section, StringComparer.Ordinal) ? section : "other");
}
