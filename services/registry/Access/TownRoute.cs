using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Access;

/// <summary>Tenancy of the registry's routes, in one place. Unlike elsewhere, the municipality may be one that is not served yet.</summary>
internal static class TownRoute
{
    /// <summary>The group <c>municipalities/{municipality}</c>: stewards of that municipality only, who see its rows only.</summary>
    public static RouteGroupBuilder MapRegistryTown(this IEndpointRouteBuilder registry)
    {
        var group = registry.MapGroup("/municipalities/{municipality}");
        group.AddEndpointFilter(async (context, next) =>
        {
            var municipality = (string?)context.HttpContext.GetRouteValue("municipality") ?? "";
            if (!MunicipalityCode.IsValid(municipality))
            {
                return Problem.BadRequest("code-invalid", "This is not a local-government code.",
                    $"'{municipality}' is not six digits with the right check digit. Nothing was changed.");
            }

            context.HttpContext.RequestServices.GetRequiredService<TownScope>().Municipality = municipality;
            return await next(context);
        });
        return group;
    }
}
