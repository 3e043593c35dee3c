using Microsoft.AspNetCore.Antiforgery;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Staff;

/// <summary>Who comes in, in one place: staff of this municipality, with forms that are the portal's own.</summary>
internal static class StaffDoor
{
    public const string Scheme = "staff";
    public const string Policy = "staff-door";

    private static readonly string[] Roles = [CityRoles.Clerk, CityRoles.Officer, CityRoles.Operator];

    /// <summary>Signed in is the policy's affair; this is whether the person works for this municipality.</summary>
    public static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var municipality = (string)http.GetRouteValue("municipality")!;
        if (!MunicipalityCode.IsValid(municipality))
        {
            return StaffMessage.Of(http, StatusCodes.Status404NotFound, "missing.town.title", ["missing.do"], "/", "missing.link");
        }

        var isOfTown = http.User.IsInRole(CityRoles.Operator) || http.User.HasClaim(CityClaims.Municipality, municipality);
        if (!isOfTown || !Array.Exists(Roles, http.User.IsInRole))
        {
            return StaffMessage.Of(http, StatusCodes.Status403Forbidden, "staff.forbidden.title", ["staff.forbidden.what", "staff.forbidden.do"],
                $"/{municipality}/staff/signin?other=1", "staff.signIn.other");
        }

        if (HttpMethods.IsPost(http.Request.Method) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            return StaffMessage.Of(http, StatusCodes.Status400BadRequest, "staff.form.title", ["staff.form.what", "staff.form.do"], $"/{municipality}/staff", "staff.back");
        }

        return await next(context);
    }

    /// <summary>The municipality's name; its code alone before it is onboarded.</summary>
    public static LocalizedText NameOf(this ITownDirectory towns, string municipality)
        => towns.TryGet(municipality, out Town? town) ? town.Name : new LocalizedText(municipality, municipality);
}
