namespace SmartCity.ServiceDefaults.Identity;

/// <summary>The claims that services see, whatever the issuer calls them.</summary>
public static class CityClaims
{
    public const string Subject = "sub";
    public const string Municipality = "municipality";
    public const string Role = "role";
}

/// <summary>The roles of the platform.</summary>
public static class CityRoles
{
    public const string Resident = "resident";
    public const string Clerk = "clerk";
    public const string Officer = "officer";
    public const string Clinician = "clinician";

    /// <summary>Runs the installation: belongs to every municipality.</summary>
    public const string Operator = "operator";
    public const string Service = "service";

    public static IReadOnlyList<string> All { get; } = [Resident, Clerk, Officer, Clinician, Operator, Service];
}
