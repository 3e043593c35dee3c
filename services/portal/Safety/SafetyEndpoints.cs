using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Safety;

/// <summary>"I am safe", "I need help", "where are mine?": one page of plain forms.</summary>
internal static class SafetyEndpoints
{
    private static readonly string[] Known =
    [
        "safety-check-closed", "too-many-requests", "my-number-refused", "text-too-long", "text-not-readable", "shared-secret-too-short",
        "people-out-of-range", "safety-code-unknown", "idempotency-key-reused",
    ];

    public static async Task<IResult> ShowAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
        => Page(http, visits, await BeginAsync(http, desk));

    /// <summary>A report, or with a code the change of one. Sent again it is the same.</summary>
    public static async Task<IResult> SendAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var form = await SafetyForm.ReadAsync(http.Request);
        var view = (await BeginAsync(http, desk)) with { Form = form };
        if (form.Fault() is { } fault)
        {
            return Page(http, visits, view with { Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        }

        var town = view.Town.Code;
        if (form.IsChange)
        {
            var changed = await desk.SendAsync<OwnReportView>(new AlertsCall(HttpMethod.Put, town, "safety-check", form.ToBody()), http);
            return changed.Value is { } own ? Page(http, visits, view with { Changed = own }) : Page(http, visits, view with { Fault = FaultOf(changed) }, (int)changed.Status);
        }

        var received = await desk.SendAsync<SafetyReceipt>(new AlertsCall(HttpMethod.Post, town, "safety-check", form.ToBody()) { Key = form.Key }, http);
        return received.Value is { } receipt ? Page(http, visits, view with { Receipt = receipt }) : Page(http, visits, view with { Fault = FaultOf(received) }, (int)received.Status);
    }

    /// <summary>By the family's own words.</summary>
    public static async Task<IResult> FindAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var words = await FieldAsync(http, "sharedSecret");
        var view = await BeginAsync(http, desk);
        if (MyNumber.IsIn(words))
        {
            return Page(http, visits, view with { FamilyFault = "safety.refused.my-number-refused" }, StatusCodes.Status422UnprocessableEntity);
        }

        var found = await desk.SendAsync<FamilyAnswer>(new AlertsCall(HttpMethod.Post, view.Town.Code, "safety-check/find", new { SharedSecret = words }), http);
        return found.Value is { } family ? Page(http, visits, view with { Family = family }) : Page(http, visits, view with { FamilyFault = FaultOf(found) }, (int)found.Status);
    }

    /// <summary>The form again, filled with what the report with this code says.</summary>
    public static async Task<IResult> OpenAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var code = await FieldAsync(http, "code");
        var view = await BeginAsync(http, desk);
        var mine = await desk.SendAsync<OwnReportView>(new AlertsCall(HttpMethod.Post, view.Town.Code, "safety-check/mine", new { Code = code }), http);
        return mine.Value is { } report
            ? Page(http, visits, view with { Form = SafetyForm.Of(report, code) })
            : Page(http, visits, view with { CodeFault = FaultOf(mine) }, (int)mine.Status);
    }

    public static async Task<IResult> EraseAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var code = await FieldAsync(http, "code");
        var view = await BeginAsync(http, desk);
        var erased = await desk.SendAsync<OwnReportView>(new AlertsCall(HttpMethod.Post, view.Town.Code, "safety-check/erase", new { Code = code }), http);
        return erased.Code is null && (int)erased.Status < 300
            ? Page(http, visits, view with { IsErased = true })
            : Page(http, visits, view with { CodeFault = FaultOf(erased) }, (int)erased.Status);
    }

    private static async Task<SafetyView> BeginAsync(HttpContext http, AlertsDesk desk)
    {
        var town = http.CurrentTown();
        var state = await desk.SendAsync<SafetyState>(new AlertsCall(HttpMethod.Get, town.Code, "safety-check"), http);
        return new SafetyView { Town = town, State = state.Value };
    }

    private static async Task<string> FieldAsync(HttpContext http, string name)
        => (await http.Request.ReadFieldsAsync())[name].ToString().Trim();

    /// <summary>Why it was not done, as a key of the language files.</summary>
    internal static string FaultOf<T>(DeskAnswer<T> answer)
        where T : class
        => "safety.refused." + (answer.Code is null ? "unreachable" : Known.Contains(answer.Code, StringComparer.Ordinal) ? answer.Code : "other");

    private static RazorComponentResult<SafetyPage> Page(HttpContext http, VisitFactory visits, SafetyView view, int status = StatusCodes.Status200OK)
        // The language switch opens the page with GET.
        => new(new { Visit = visits.Begin(http) with { Path = $"/{view.Town.Code}/safety", Query = "" }, View = view }) { StatusCode = status };
}
