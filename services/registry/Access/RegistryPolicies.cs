using Microsoft.AspNetCore.Authorization;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Registry.Access;

/// <summary>Who may do what in the registry.</summary>
internal static class RegistryPolicies
{
    /// <summary>Clerks and officers of the municipality in the URL, and operators.</summary>
    public const string Stewards = "stewards";

    /// <summary>Clerks and officers of any municipality, and operators; what they see is theirs.</summary>
    public const string AnySteward = "any-steward";

    /// <summary>Officers of the municipality in the URL, and operators: who may read what is written down of others.</summary>
    public const string Auditors = "auditors";

    private static readonly string[] Roles = [CityRoles.Clerk, CityRoles.Officer, CityRoles.Operator];

    public static void AddRegistryPolicies(this IServiceCollection services)
        => services.AddAuthorizationBuilder()
            .AddPolicy(AnySteward, policy => policy.RequireRole(Roles))
            .AddPolicy(Stewards, policy => policy.RequireRole(Roles).RequireAssertion(IsOfTown))
            .AddPolicy(Auditors, policy => policy.RequireRole(CityRoles.Officer, CityRoles.Operator).RequireAssertion(IsOfTown));

    private static bool IsOfTown(AuthorizationHandlerContext context)
        => context.User.IsOperator()
            || (context.Resource is HttpContext http && http.GetRouteValue("municipality") is string municipality && context.User.HasClaim(CityClaims.Municipality, municipality));
}
