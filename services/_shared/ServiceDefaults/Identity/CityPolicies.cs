using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Names of the authorization policies; all but <see cref="Operator"/> also ask that the token is for the town in the URL.</summary>
public static class CityPolicies
{
    /// <summary>Officers: may publish, approve and cancel alerts.</summary>
    public const string Officer = "officer";

    /// <summary>Officers, and services that relay for the town: may hand in what another authority issued.</summary>
    public const string Intake = "intake";

    /// <summary>Any staff of the town: clerks and officers.</summary>
    public const string Staff = "staff";

    /// <summary>Who runs the installation, in no municipality or in all.</summary>
    public const string Operator = "operator";

    internal static void Add(AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Officer, policy => policy.RequireRole(CityRoles.Officer).AddRequirements(new SameTown()));
        authorization.AddPolicy(Intake, policy => policy.RequireRole(CityRoles.Officer, CityRoles.Service).AddRequirements(new SameTown()));
        authorization.AddPolicy(Staff, policy => policy.RequireRole(CityRoles.Clerk, CityRoles.Officer).AddRequirements(new SameTown()));
        authorization.AddPolicy(Operator, policy => policy.RequireRole(CityRoles.Operator));
    }

    /// <summary>The token's <c>municipality</c> claims contain the town of the route; operators belong to every town.</summary>
    internal sealed class SameTown : AuthorizationHandler<SameTown>, IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SameTown requirement)
        {
            if (context.Resource is HttpContext http
                && http.GetRouteValue("municipality") is string municipality
                && (context.User.HasClaim(CityClaims.Municipality, municipality) || context.User.IsInRole(CityRoles.Operator)))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
