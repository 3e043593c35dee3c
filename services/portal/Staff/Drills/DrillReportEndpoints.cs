using System.Net;
using System.Text;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>A drill's after-action report, as the alerts service writes it, with ways back and to the CSV.</summary>
internal static class DrillReportEndpoints
{
    // The report leaves this place for links; who files it elsewhere has a page without any.
    private const string NavigationMark = "<!--navigation-->";

    public static async Task<IResult> ShowAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var visit = visits.Begin(http);
        var page = await desk.FetchAsync(new AlertsCall(HttpMethod.Get, municipality, $"reports/{Uri.EscapeDataString(id)}.html?lang={visit.Language.HtmlLanguage}", Token: await http.AccessTokenAsync()), http);
        if (page is not { } report || report.Policy is null)
        {
            return StaffTrouble.Of(municipality, HttpStatusCode.ServiceUnavailable, http);
        }

        var here = $"/{municipality}/staff/drills/{Uri.EscapeDataString(id)}";
        var links = $"<nav class=\"around\"><a href=\"{here}\">{visit.Html("drills.report.back")}</a><a href=\"{here}/report.csv\">{visit.Html("drills.report.csv")}</a>"
            + $"<a href=\"{here}/report.csv?encoding=shift_jis\">{visit.Html("drills.report.csv.sjis")}</a></nav>";
        // It allows less than the portal's own: nothing but the style sheet that the report brings along.
        http.Response.Headers.ContentSecurityPolicy = report.Policy;
        return Results.Content(Encoding.UTF8.GetString(report.Content).Replace(NavigationMark, links, StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    public static async Task<IResult> ExportAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? encoding = null)
    {
        var visit = visits.Begin(http);
        var query = $"?lang={visit.Language.HtmlLanguage}" + (encoding == "shift_jis" ? "&encoding=shift_jis" : "");
        var file = await desk.DownloadAsync(new AlertsCall(HttpMethod.Get, municipality, $"reports/{Uri.EscapeDataString(id)}.csv{query}", Token: await http.AccessTokenAsync()), http);
        return file is { } csv
            ? Results.Bytes(csv.Content, csv.MediaType, csv.Name?.Trim('"') ?? "report.csv")
            : StaffTrouble.Of(municipality, HttpStatusCode.ServiceUnavailable, http);
    }
}
