using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;

namespace SmartCity.Portal.Staff;

/// <summary>A page of the staff's door that says why there is nothing else.</summary>
internal static class StaffMessage
{
    /// <param name="linkKey">Of the link's text in the language files.</param>
    public static IResult Of(HttpContext http, int status, string titleKey, IReadOnlyList<string> textKeys, string linkUrl, string linkKey)
    {
        var visit = http.RequestServices.GetRequiredService<VisitFactory>().Begin(http);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            // The language switch opens its page with GET, which a form's address does not take.
            visit = visit with { Path = $"/{http.GetRouteValue("municipality")}/staff", Query = "" };
        }

        return MessageResult.Of(visit, status, titleKey, textKeys, linkUrl, visit.Language.Text(linkKey));
    }
}
