using System.Security.Claims;

namespace SmartCity.Registry.Access;

/// <summary>Whose changes a caller may see and decide.</summary>
internal static class Caller
{
    public static bool IsOperator(this ClaimsPrincipal user) => user.IsInRole("operator");

    /// <summary>The towns of the token; null for an operator, who has them all.</summary>
    public static IReadOnlyList<string>? Towns(this ClaimsPrincipal user)
        => user.IsOperator() ? null : user.FindAll("municipality").Select(claim => claim.Value).ToArray();

    public static bool MayDecide(this ClaimsPrincipal user, string municipality)
        => user.IsOperator() || (user.IsInRole("officer") && user.HasClaim("municipality", municipality));
}
