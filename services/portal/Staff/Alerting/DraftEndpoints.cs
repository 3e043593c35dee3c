using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>One draft: looked at, approved by one tap, or rejected with a reason.</summary>
internal static class DraftEndpoints
{
    public static Task<IResult> ShowAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => PageAsync(new OfficerDesk(municipality, http, desk), id, visits, refused: null);

    public static async Task<IResult> ShowLiveAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var visit = visits.Begin(http);
        var (board, trouble) = await GatherAsync(officer, id, visit);
        return board is null ? trouble! : new RazorComponentResult<DraftFragment>(new { Visit = visit, View = StaffView.Of(http, municipality), Board = board });
    }

    /// <summary>Seconds matter: the answer to the one tap is the alert with who has it by now. A second tap leads to the same place.</summary>
    public static async Task<IResult> ApproveAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var form = await http.Request.ReadFieldsAsync();
        if (await HasChangedAsync(officer, id, form["shown"].ToString()))
        {
            return await PageAsync(officer, id, visits, new Refused("desk.refused.alert-has-changed", null, StatusCodes.Status409Conflict));
        }

        // Left out by the button that approves as a second person; there but empty where a reason was asked for and not given.
        var alone = form.ContainsKey("alone") ? new { WithoutSecondPerson = form["alone"].FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "" } : null;
        var answer = await officer.PostAsync<DraftAnswer>($"drafts/{Uri.EscapeDataString(id)}/approve", alone);
        if (answer.Value is { } approved)
        {
            return ToAlert(officer, approved);
        }

        if (answer.Code == "draft-already-decided"
            && (await officer.GetAsync<DraftAnswer>("drafts/" + Uri.EscapeDataString(id))).Value is { Status: "Approved" } known && known.DecidedBy == StaffView.Of(http, municipality).Person)
        {
            return ToAlert(officer, known);
        }

        return Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status) : await PageAsync(officer, id, visits, Refused.Of(answer));
    }

    public static async Task<IResult> RejectAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var reason = (await http.Request.ReadFieldsAsync())["reason"].ToString().Trim();
        if (reason.Length == 0)
        {
            return await PageAsync(officer, id, visits, new Refused("desk.refused.reason-missing", null, StatusCodes.Status422UnprocessableEntity));
        }

        var answer = await officer.PostAsync<DraftAnswer>($"drafts/{Uri.EscapeDataString(id)}/reject", new { Reason = reason });
        return answer.Value is not null ? Results.LocalRedirect(officer.Url("/drafts/" + Uri.EscapeDataString(id)))
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await PageAsync(officer, id, visits, Refused.Of(answer));
    }

    /// <summary>Whether an approval would send another kind or level than the tapped page showed. What is decided already is another matter.</summary>
    private static async Task<bool> HasChangedAsync(OfficerDesk officer, string id, string shown)
    {
        var reachTask = officer.GetAsync<DraftReachAnswer>($"drafts/{Uri.EscapeDataString(id)}/reach");
        var draft = await officer.GetAsync<DraftAnswer>("drafts/" + Uri.EscapeDataString(id));
        var reach = await reachTask;
        // Where nobody can tell what it would send, the service still decides whether it may.
        return reach.Value is { } now && draft.Value is { IsPending: true } pending && pending.ShownWith(now) != shown;
    }

    private static IResult ToAlert(OfficerDesk officer, DraftAnswer draft)
        => Results.LocalRedirect(officer.Url(draft.AlertId is { } alert ? "/" + Uri.EscapeDataString(alert) : "/drafts/" + Uri.EscapeDataString(draft.Id)));

    private static async Task<IResult> PageAsync(OfficerDesk officer, string id, VisitFactory visits, Refused? refused)
    {
        var visit = visits.Begin(officer.Http) with { Path = officer.Url("/drafts/" + Uri.EscapeDataString(id)), Query = "" };
        var (board, trouble) = await GatherAsync(officer, id, visit);
        return board is null ? trouble! : new RazorComponentResult<DraftPage>(new { Visit = visit, View = StaffView.Of(officer.Http, officer.Municipality), Board = board, Refused = refused })
        {
            StatusCode = refused?.Status ?? StatusCodes.Status200OK,
        };
    }

    private static async Task<(DraftBoard? Board, IResult? Trouble)> GatherAsync(OfficerDesk officer, string id, Visit visit)
    {
        var reachTask = officer.GetAsync<DraftReachAnswer>($"drafts/{Uri.EscapeDataString(id)}/reach");
        var draft = await officer.GetAsync<DraftAnswer>("drafts/" + Uri.EscapeDataString(id));
        var reach = await reachTask;
        if (draft.Value is null || officer.Town is not { } town)
        {
            return (null, draft.Code == "unknown-draft" ? Unknown(officer) : officer.Trouble(draft.Status));
        }

        var alert = draft.Value.ToAlert(officer.Municipality, reach.Value);
        var map = MapDrawing.Draw(town, [alert], [], [], visit);
        return (new DraftBoard
        {
            Draft = draft.Value,
            Reach = reach.Value,
            Alert = alert,
            Town = town,
            Map = map.Areas.Count > 0 ? map : null,
            LooksOften = officer.LooksOften,
        }, null);
    }

    private static IResult Unknown(OfficerDesk officer)
        => StaffMessage.Of(officer.Http, StatusCodes.Status404NotFound, "desk.draft.missing", ["desk.draft.missing.do"], officer.Url(), "desk.back");
}
