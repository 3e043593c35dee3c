using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>Approve and reject. The registry decides whether the person may; a change of another municipality is none here.</summary>
internal static class DecisionEndpoints
{
    private const int LongestReason = 500;

    /// <summary>What an approval does, before it happens.</summary>
    public static async Task<IResult> ConfirmAsync(string municipality, long id, HttpContext http, VisitFactory visits, RegistryDesk desk)
    {
        var answer = await desk.GetAsync(municipality, id, http);
        if (answer.Value is not { } change)
        {
            return ChangePages.Nothing(municipality, answer.Status, http);
        }

        var view = StaffView.Of(http, municipality);
        // Who cannot approve reads there why.
        return change.Status == ChangeStatus.Pending && view.WhyNotApprove(change) is null
            ? new RazorComponentResult<ConfirmPage>(new { Visit = visits.Begin(http), View = view, Change = change })
            : Results.LocalRedirect(ChangePages.Url(municipality, id));
    }

    public static async Task<IResult> ApproveAsync(string municipality, long id, HttpContext http, ChangePages pages, RegistryDesk desk)
    {
        var known = await desk.GetAsync(municipality, id, http);
        if (known.Value is null)
        {
            return ChangePages.Nothing(municipality, known.Status, http);
        }

        // Without a digest the registry would approve whatever the plan is by now.
        var digest = (await http.Request.ReadFormAsync(http.RequestAborted))["digest"].ToString();
        if (digest.Length == 0)
        {
            return await pages.ShowAsync(municipality, id, http, new Refusal("staff.refused.other-plan", null, HttpStatusCode.Conflict));
        }

        var answer = await desk.ApproveAsync(id, digest, http);
        return answer.Value is not null ? Results.LocalRedirect(ChangePages.Url(municipality, id)) : await pages.ShowAsync(municipality, id, http, Refusal.Of(answer));
    }

    public static async Task<IResult> RejectAsync(string municipality, long id, HttpContext http, ChangePages pages, RegistryDesk desk)
    {
        var known = await desk.GetAsync(municipality, id, http);
        if (known.Value is null)
        {
            return ChangePages.Nothing(municipality, known.Status, http);
        }

        var reason = (await http.Request.ReadFormAsync(http.RequestAborted))["reason"].ToString().Trim();
        if (FaultOf(reason) is { } fault)
        {
            return await pages.ShowAsync(municipality, id, http, new Refusal(fault, null, HttpStatusCode.UnprocessableEntity), reason);
        }

        var answer = await desk.RejectAsync(id, reason, http);
        return answer.Value is not null ? Results.LocalRedirect(ChangePages.Url(municipality, id)) : await pages.ShowAsync(municipality, id, http, Refusal.Of(answer), reason);
    }

    private static string? FaultOf(string reason)
        => reason.Length == 0 ? "staff.reason.missing"
            : reason.Length > LongestReason ? "staff.reason.long"
            : MyNumber.IsIn(reason) ? "staff.reason.number" : null;
}
