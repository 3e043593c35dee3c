using System.Net;
using System.Text;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>After-action reports as the alerts service writes them, with ways back and to the CSV: of a drill, or of any alert or time.</summary>
internal static class DrillReportEndpoints
{
    // The report leaves this place for links; who files it elsewhere has a page without any.
    private const string NavigationMark = "<!--navigation-->";

    public static Task<IResult> ShowAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var here = $"/{municipality}/staff/drills/{Uri.EscapeDataString(id)}";
        return PageAsync(municipality, id, [], (here, "drills.report.back"), here + "/report.csv", http, visits, desk);
    }

    public static Task<IResult> ExportAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? encoding = null)
        => FileAsync(municipality, id, [], encoding, http, visits, desk);

    /// <summary>Of an alert by any of its messages, or <c>span?from&amp;to</c>.</summary>
    public static Task<IResult> ShowAnyAsync(
        string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? from = null, string? to = null, string? exercise = null)
        => PageAsync(municipality, id, SpanOf(from, to, exercise), ($"/{municipality}/staff", "staff.back"), $"/{municipality}/staff/reports/{Uri.EscapeDataString(id)}.csv", http, visits, desk);

    public static Task<IResult> ExportAnyAsync(
        string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? encoding = null, string? from = null, string? to = null, string? exercise = null)
        => FileAsync(municipality, id, SpanOf(from, to, exercise), encoding, http, visits, desk);

    private static async Task<IResult> PageAsync(
        string municipality, string id, (string Name, string Value)[] span, (string Href, string Key) back, string csv, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var visit = visits.Begin(http);
        var page = await desk.FetchAsync(
            new AlertsCall(HttpMethod.Get, municipality, $"reports/{Uri.EscapeDataString(id)}.html{Query([.. span, ("lang", visit.Language.HtmlLanguage)])}", Token: await http.AccessTokenAsync()), http);
        if (page is not { Policy: { } policy } report)
        {
            return StaffTrouble.Of(municipality, HttpStatusCode.ServiceUnavailable, http);
        }

        var links = new StringBuilder("<nav class=\"around\">");
        foreach (var (href, key) in ((string, string)[])[back, (csv + Query(span), "drills.report.csv"), (csv + Query([.. span, ("encoding", "shift_jis")]), "drills.report.csv.sjis")])
        {
            links.Append("<a href=\"").Append(WebUtility.HtmlEncode(href)).Append("\">").Append(visit.Html(key)).Append("</a>");
        }

        // It allows less than the portal's own: nothing but the style sheet that the report brings along.
        http.Response.Headers.ContentSecurityPolicy = policy;
        return Results.Content(Encoding.UTF8.GetString(report.Content).Replace(NavigationMark, links.Append("</nav>").ToString(), StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    private static async Task<IResult> FileAsync(
        string municipality, string id, (string Name, string Value)[] span, string? encoding, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var query = Query([.. span, ("lang", visits.Begin(http).Language.HtmlLanguage), .. encoding == "shift_jis" ? [("encoding", encoding)] : ((string, string)[])[]]);
        var file = await desk.DownloadAsync(new AlertsCall(HttpMethod.Get, municipality, $"reports/{Uri.EscapeDataString(id)}.csv{query}", Token: await http.AccessTokenAsync()), http);
        http.Response.Headers.CacheControl = "no-store";
        return file is { } csv
            ? Results.Bytes(csv.Content, csv.MediaType, csv.Name?.Trim('"') ?? "report.csv")
            : StaffTrouble.Of(municipality, HttpStatusCode.ServiceUnavailable, http);
    }

    private static (string Name, string Value)[] SpanOf(string? from, string? to, string? exercise)
        => [.. new (string Name, string? Value)[] { ("from", from), ("to", to), ("exercise", exercise) }.Where(pair => pair.Value is not null).Select(pair => (pair.Name, pair.Value!))];

    private static string Query((string Name, string Value)[] values)
        => QueryString.Create(values.Select(pair => KeyValuePair.Create<string, string?>(pair.Name, pair.Value))).ToUriComponent();
}
