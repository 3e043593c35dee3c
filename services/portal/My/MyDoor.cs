using Microsoft.AspNetCore.Antiforgery;
using SmartCity.Portal.Staff;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.My;

/// <summary>Whoever is signed in sees what is theirs, and nothing else: whose it is says the registry, by their own token.</summary>
internal static class MyDoor
{
    public static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var municipality = (string)http.GetRouteValue("municipality")!;
        if (!MunicipalityCode.IsValid(municipality))
        {
            return StaffMessage.Of(http, StatusCodes.Status404NotFound, "missing.town.title", ["missing.do"], "/", "missing.link");
        }

        return HttpMethods.IsPost(http.Request.Method) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? StaffMessage.Of(http, StatusCodes.Status400BadRequest, "staff.form.title", ["staff.form.what", "staff.form.do"], $"/{municipality}/my", "staff.back")
            : await next(context);
    }
}
