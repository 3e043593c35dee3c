using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Names of the authorization policies; each also asks that the token is for the town in the URL.</summary>
public static class CityPolicies
{
    /// <summary>Officers: may publish, approve and cancel alerts.</summary>
    public const string Officer = "officer";

    /// <summary>Any staff of the town: clerks and officers.</summary>
    public const string Staff = "staff";

    internal static void Add(AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Officer, policy => policy.RequireRole("officer").AddRequirements(new SameTown()));
        authorization.AddPolicy(Staff, policy => policy.RequireRole("clerk", "officer").AddRequirements(new SameTown()));
    }

    /// <summary>The token's <c>municipality</c> claims contain the town of the route.</summary>
    internal sealed class SameTown : AuthorizationHandler<SameTown>, IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SameTown requirement)
        {
            if (context.Resource is HttpContext http
                && http.GetRouteValue("municipality") is string municipality
                && context.User.HasClaim("municipality", municipality))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
