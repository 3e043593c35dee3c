using System.Security.Claims;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Who acts in a town that is not their own.</summary>
public static class CrossTown
{
    /// <summary>The town of somebody who is of none: operators.</summary>
    public const string NoTown = "none";

    // Of several roles, the one that lets do most is the one that was used.
    private static readonly string[] RolesByWeight =
        [CityRoles.Operator, CityRoles.Officer, CityRoles.Clinician, CityRoles.Clerk, CityRoles.Service, CityRoles.Resident];

    /// <summary>The first town of the token. Who has several is at home in one of them, and a guest in the others.</summary>
    public static string HomeTown(this ClaimsPrincipal user)
        => user.IsInRole(CityRoles.Operator) ? NoTown : user.FindFirst(CityClaims.Municipality)?.Value ?? NoTown;

    /// <summary>Whether what the person does in a municipality is done across towns.</summary>
    public static bool IsGuestIn(this ClaimsPrincipal user, string municipality) => user.HomeTown() != municipality;

    /// <summary>The role in which the person acts.</summary>
    public static string ActingRole(this ClaimsPrincipal user)
        => Array.Find(RolesByWeight, user.IsInRole) ?? user.FindFirst(CityClaims.Role)?.Value ?? "none";
}
