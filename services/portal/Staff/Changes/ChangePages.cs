using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>The page of one change, also after a decision that was not taken, and what stands there when there is none.</summary>
internal sealed class ChangePages(VisitFactory visits, RegistryDesk desk)
{
    public static string Url(string municipality, long id) => string.Create(CultureInfo.InvariantCulture, $"/{municipality}/staff/changes/{id}");

    /// <param name="refusal">Why what was asked for has not been done, or null.</param>
    /// <param name="reason">What was typed, so that nobody types it twice.</param>
    public async Task<IResult> ShowAsync(string municipality, long id, HttpContext http, Refusal? refusal = null, string reason = "")
    {
        var answer = await desk.GetAsync(municipality, id, http);
        if (answer.Value is not { } change)
        {
            return Nothing(municipality, answer.Status, http, refusal);
        }

        return new RazorComponentResult<ChangePage>(new
        {
            Visit = visits.Begin(http) with { Path = Url(municipality, id) },
            View = StaffView.Of(http, municipality),
            Change = change,
            Refusal = refusal,
            Reason = reason,
        })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : (int)refusal.Status,
        };
    }

    public static IResult Nothing(string municipality, HttpStatusCode status, HttpContext http, Refusal? refusal = null)
    {
        var home = $"/{municipality}/staff";
        return status switch
        {
            HttpStatusCode.NotFound => StaffMessage.Of(http, StatusCodes.Status404NotFound, "staff.change.missing", ["staff.change.missing.do"], home, "staff.back"),
            HttpStatusCode.Unauthorized => StaffMessage.Of(http, StatusCodes.Status401Unauthorized, "staff.expired.title", ["staff.expired.what", "staff.expired.do"],
                SignInEndpoints.UrlFor(http), "staff.signIn.again"),
            // After a decision of which no answer came, "nothing was changed" could be untrue.
            _ => StaffMessage.Of(http, StatusCodes.Status503ServiceUnavailable, "staff.missing.title", [refusal?.Key ?? "staff.missing.what", "staff.missing.do"], home, "staff.back"),
        };
    }
}
