using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Development;

/// <summary>A person of the region file with the town they belong to.</summary>
internal sealed record DemoPerson(string Name, string Role, string Municipality);

internal static class DemoPeople
{
    public static IReadOnlyList<DemoPerson> Of(ITownDirectory towns)
        => towns.Towns.SelectMany(town => town.People.Select(person => new DemoPerson(person.Name, person.Role, town.Code))).ToArray();
}
