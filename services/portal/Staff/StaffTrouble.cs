using System.Net;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.Staff;

/// <summary>Why the alerts service gave a page nothing to show.</summary>
internal static class StaffTrouble
{
    public static IResult Of(string municipality, HttpStatusCode status, HttpContext http)
    {
        var home = $"/{municipality}/staff";
        return status switch
        {
            HttpStatusCode.Unauthorized => StaffMessage.Of(http, StatusCodes.Status401Unauthorized, "staff.expired.title", ["staff.expired.what", "staff.expired.do"],
                SignInEndpoints.UrlFor(http), "staff.signIn.again"),
            HttpStatusCode.Forbidden => StaffMessage.Of(http, StatusCodes.Status403Forbidden, "staff.notYours.title", ["staff.notYours.do"], home, "staff.back"),
            HttpStatusCode.NotFound => StaffMessage.Of(http, StatusCodes.Status404NotFound, "alerts.notOffered.title", ["staff.notOffered.do"], home, "staff.back"),
            _ => StaffMessage.Of(http, StatusCodes.Status503ServiceUnavailable, "staff.alertsAway.title", ["staff.alertsAway.what", "staff.missing.do"], home, "staff.back"),
        };
    }
}
