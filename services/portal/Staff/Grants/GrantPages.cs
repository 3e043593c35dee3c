using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Grants;

/// <summary>Who may act for residents: written down at the counter, confirmed by a second person, ended. The registry decides and records.</summary>
internal static class GrantPages
{
    public static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, string? subject = null, string? after = null)
        => PageAsync(municipality, http, visits, desk, GrantForm.Empty, refusal: null, subject?.Trim() is { Length: > 0 } one ? one : null, after);

    public static async Task<IResult> GiveAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, TimeProvider clock)
    {
        var form = GrantForm.Of(await http.Request.ReadFormAsync(http.RequestAborted));
        var answer = await desk.GiveGrantAsync(municipality, form.ToRequest(clock.GetUtcNow()), http);
        return answer.Value is not null
            ? Results.LocalRedirect($"/{municipality}/staff/grants#list")
            : await RefusedAsync(municipality, http, visits, desk, form.With(answer.Notices ?? []), answer, "grants.refused", answer.Notices is null ? answer.Detail : null);
    }

    public static async Task<IResult> ConfirmAsync(string municipality, string id, HttpContext http, VisitFactory visits, RegistryDesk desk)
        => await DoneAsync(municipality, http, visits, desk, await desk.ConfirmGrantAsync(municipality, id, http));

    public static async Task<IResult> EndAsync(string municipality, string id, HttpContext http, VisitFactory visits, RegistryDesk desk)
        => await DoneAsync(municipality, http, visits, desk, await desk.EndGrantAsync(municipality, id, http));

    private static async Task<IResult> DoneAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, DeskAnswer<GrantView> answer)
        => answer.Value is not null
            ? Results.LocalRedirect($"/{municipality}/staff/grants#list")
            : await RefusedAsync(municipality, http, visits, desk, GrantForm.Empty, answer, "my.refused", answer.Detail);

    private static Task<IResult> RefusedAsync(
        string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, GrantForm form, DeskAnswer<GrantView> answer, string key, string? detail)
    {
        http.Response.StatusCode = (int)answer.Status;
        var refusal = answer.Code is null ? new Refusal("my.refused.unreachable", null, HttpStatusCode.ServiceUnavailable) : new Refusal(key, detail, answer.Status);
        return PageAsync(municipality, http, visits, desk, form, refusal, subject: null, after: null);
    }

    private static async Task<IResult> PageAsync(
        string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, GrantForm form, Refusal? refusal, string? subject, string? after)
    {
        var visit = visits.Begin(http);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            visit = visit with { Path = $"/{municipality}/staff/grants", Query = "" };
        }

        var grants = await desk.TownGrantsAsync(municipality, subject, after, http);
        return new RazorComponentResult<GrantsPage>(new
        {
            Visit = visit,
            View = StaffView.Of(http, municipality),
            Grants = grants.Value,
            Form = form,
            Refusal = refusal,
            Subject = subject ?? "",
        });
    }
}
