using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Development;

/// <summary>A person whom the development issuer knows.</summary>
/// <param name="Municipality">Null for an operator, who belongs to none.</param>
internal sealed record DemoPerson(string Name, string Role, string? Municipality);

/// <summary>The people of every municipality's manifest, as of now, and one operator.</summary>
internal sealed class DemoPeople(ITownDirectory towns)
{
    public static readonly DemoPerson Operator = new("operator", "operator", null);

    public IReadOnlyList<DemoPerson> All
        => [.. towns.Towns.SelectMany(town => town.People.Select(person => new DemoPerson(person.Name, person.Role, town.Code))), Operator];
}
