using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>The change requests of a municipality: look, approve, reject.</summary>
internal static class ChangeEndpoints
{
    private const int LongestReason = 500;

    public static async Task<IResult> ListAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, string? after = null)
    {
        var visit = visits.Begin(http);
        var pending = after is null ? await desk.PendingAsync(municipality, http) : null;
        var all = await desk.ListAsync(municipality, after, http);
        return new RazorComponentResult<ChangesPage>(new
        {
            Visit = visit,
            View = StaffView.Of(http, municipality),
            Pending = pending?.Value?.Items ?? [],
            Decided = (all.Value?.Items ?? []).Where(change => change.Status != ChangeStatus.Pending).ToList(),
            Next = all.Value?.Next,
            IsFirstPage = after is null,
            IsMissing = all.Value is null || pending is { Value: null },
        });
    }

    public static async Task<IResult> ShowAsync(string municipality, long id, HttpContext http, VisitFactory visits, RegistryDesk desk)
        => await PageAsync(municipality, id, http, visits, desk, refusal: null);

    /// <summary>What takes data away is shown once more before it is done.</summary>
    public static async Task<IResult> ApproveAsync(string municipality, long id, HttpContext http, VisitFactory visits, RegistryDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var change = await desk.GetAsync(id, http);
        if (change.Value is { Plan.Losses.Count: > 0, Status: ChangeStatus.Pending } destructive && destructive.Municipality == municipality && form["confirmed"] != "yes")
        {
            return new RazorComponentResult<ConfirmPage>(new { Visit = visits.Begin(http), View = StaffView.Of(http, municipality), Change = destructive });
        }

        if (change.Value is { } other && other.Municipality != municipality)
        {
            return Missing(municipality, http, visits);
        }

        var answer = await desk.ApproveAsync(id, form["digest"].ToString(), http);
        return answer.Value is not null ? Results.LocalRedirect(Url(municipality, id)) : await PageAsync(municipality, id, http, visits, desk, Refusal.Of(answer));
    }

    public static async Task<IResult> RejectAsync(string municipality, long id, HttpContext http, VisitFactory visits, RegistryDesk desk)
    {
        var reason = (await http.Request.ReadFormAsync(http.RequestAborted))["reason"].ToString().Trim();
        var fault = reason.Length == 0 ? "staff.reason.missing"
            : reason.Length > LongestReason ? "staff.reason.long"
            : MyNumber.IsIn(reason) ? "staff.reason.number" : null;
        if (fault is not null)
        {
            return await PageAsync(municipality, id, http, visits, desk, new Refusal(fault, null, HttpStatusCode.UnprocessableEntity), reason);
        }

        if ((await desk.GetAsync(id, http)).Value is { } change && change.Municipality != municipality)
        {
            return Missing(municipality, http, visits);
        }

        var answer = await desk.RejectAsync(id, reason, http);
        return answer.Value is not null ? Results.LocalRedirect(Url(municipality, id)) : await PageAsync(municipality, id, http, visits, desk, Refusal.Of(answer), reason);
    }

    private static async Task<IResult> PageAsync(
        string municipality, long id, HttpContext http, VisitFactory visits, RegistryDesk desk, Refusal? refusal, string reason = "")
    {
        var answer = await desk.GetAsync(id, http);
        if (answer.Value is { } change && change.Municipality == municipality)
        {
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

        return answer.Value is not null || answer.Status == HttpStatusCode.NotFound
            ? Missing(municipality, http, visits)
            : MessageResult.Of(visits.Begin(http), StatusCodes.Status503ServiceUnavailable, "staff.missing.title", ["staff.missing.what", "staff.missing.do"],
                $"/{municipality}/staff", visits.Begin(http).Language.Text("staff.back", []));
    }

    private static IResult Missing(string municipality, HttpContext http, VisitFactory visits)
        => MessageResult.Of(visits.Begin(http), StatusCodes.Status404NotFound, "staff.change.missing", ["staff.change.missing.do"],
            $"/{municipality}/staff", visits.Begin(http).Language.Text("staff.back", []));

    private static string Url(string municipality, long id) => $"/{municipality}/staff/changes/{id}";
}
