using System.Security.Claims;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Registry.Access;

/// <summary>Whose changes a caller may see and decide.</summary>
internal static class Caller
{
    public static bool IsOperator(this ClaimsPrincipal user) => user.IsInRole(CityRoles.Operator);

    /// <summary>The towns of the token; null for an operator, who has them all.</summary>
    public static IReadOnlyList<string>? Towns(this ClaimsPrincipal user)
        => user.IsOperator() ? null : user.FindAll(CityClaims.Municipality).Select(claim => claim.Value).ToArray();

    public static bool MayDecide(this ClaimsPrincipal user, string municipality)
        => user.IsOperator() || (user.IsInRole(CityRoles.Officer) && user.HasClaim(CityClaims.Municipality, municipality));
}
