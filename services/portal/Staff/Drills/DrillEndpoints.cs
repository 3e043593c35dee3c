using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Alerting;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>Officers plan drills, agree to those of others, watch them run and stop them.</summary>
internal static class DrillEndpoints
{
    public static Task<IResult> ListAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, string? after = null)
        => ListPageAsync(municipality, http, visits, desk, new DrillForm(), refusedKey: null, after, StatusCodes.Status200OK);

    public static async Task<IResult> PlanAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var form = DrillForm.Of(await http.Request.ReadFieldsAsync());
        if (form.Fault() is { } fault)
        {
            return await ListPageAsync(municipality, http, visits, desk, form, fault, after: null, StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await desk.SendAsync<DrillView>(new AlertsCall(HttpMethod.Post, municipality, "drills", form.ToBody(), await http.AccessTokenAsync()), http);
        return answer.Value is { } drill ? Results.LocalRedirect($"/{municipality}/staff/drills/{Uri.EscapeDataString(drill.Id)}")
            : answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? StaffTrouble.Of(municipality, answer.Status, http)
            : await ListPageAsync(municipality, http, visits, desk, form, KeyOf(answer.Code), after: null, (int)answer.Status);
    }

    public static Task<IResult> ShowAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => DrillPageAsync(municipality, id, http, visits, desk, refusedKey: null, StatusCodes.Status200OK);

    public static async Task<IResult> ShowLiveAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var visit = visits.Begin(http);
        var (board, trouble) = await GatherAsync(municipality, id, http, desk, visit);
        return board is null ? trouble! : new RazorComponentResult<DrillFragment>(new { Visit = visit, View = StaffView.Of(http, municipality), Board = board });
    }

    public static Task<IResult> ApproveAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => ActAsync(municipality, id, "approve", http, visits, desk);

    public static Task<IResult> RejectAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => ActAsync(municipality, id, "reject", http, visits, desk);

    public static Task<IResult> StopAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => ActAsync(municipality, id, "stop", http, visits, desk);

    private static async Task<IResult> ActAsync(string municipality, string id, string act, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var answer = await desk.SendAsync<DrillView>(
            new AlertsCall(HttpMethod.Post, municipality, $"drills/{Uri.EscapeDataString(id)}/{act}", new { Reason = (string?)null }, await http.AccessTokenAsync()), http);
        return answer.Value is not null ? Results.LocalRedirect($"/{municipality}/staff/drills/{Uri.EscapeDataString(id)}")
            : answer.Code is null or "unknown-drill" ? StaffTrouble.Of(municipality, answer.Status, http)
            : await DrillPageAsync(municipality, id, http, visits, desk, KeyOf(answer.Code), (int)answer.Status);
    }

    private static async Task<IResult> ListPageAsync(
        string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, DrillForm form, string? refusedKey, string? after, int status)
    {
        var query = "drills?limit=20" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after));
        var drills = await desk.SendAsync<Page<DrillView>>(new AlertsCall(HttpMethod.Get, municipality, query, Token: await http.AccessTokenAsync()), http);
        return drills.Value is null ? StaffTrouble.Of(municipality, drills.Status, http) : new RazorComponentResult<DrillsPage>(new
        {
            Visit = visits.Begin(http) with { Path = $"/{municipality}/staff/drills", Query = "" },
            View = StaffView.Of(http, municipality),
            Drills = drills.Value,
            Form = form,
            RefusedKey = refusedKey,
        })
        {
            StatusCode = status,
        };
    }

    private static async Task<IResult> DrillPageAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? refusedKey, int status)
    {
        var visit = visits.Begin(http) with { Path = $"/{municipality}/staff/drills/{Uri.EscapeDataString(id)}", Query = "" };
        var (board, trouble) = await GatherAsync(municipality, id, http, desk, visit);
        return board is null ? trouble! : new RazorComponentResult<DrillPage>(new { Visit = visit, View = StaffView.Of(http, municipality), Board = board, RefusedKey = refusedKey })
        {
            StatusCode = status,
        };
    }

    private static async Task<(DrillBoard? Board, IResult? Trouble)> GatherAsync(string municipality, string id, HttpContext http, AlertsDesk desk, Visit visit)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var answer = await officer.GetAsync<DrillView>("drills/" + Uri.EscapeDataString(id));
        return answer.Value is not { } drill || officer.Town is not { } town ? (null, StaffTrouble.Of(municipality, answer.Status, http)) : (new DrillBoard
        {
            Drill = drill,
            Town = town,
            Map = drill.Area is { } area && MapDrawing.Draw(town, [AlertOf(drill, area)], [], [], visit) is { Areas.Count: > 0 } map ? map : null,
            LooksOften = officer.LooksOften,
        }, null);
    }

    /// <summary>What draws areas draws alerts.</summary>
    private static AlertView AlertOf(DrillView drill, JsonElement area) => new()
    {
        Id = drill.Id,
        AlertId = drill.Id,
        Municipality = drill.Municipality,
        Status = "Exercise",
        MsgType = "Alert",
        Level = drill.Steps.Max(step => step.Level),
        Hazard = drill.Hazard,
        Sent = drill.PlannedAt,
        Expires = drill.PlannedAt,
        Info = [],
        Area = area,
    };

    private static string KeyOf(string? code) => code switch
    {
        null => "drills.refused.unreachable",
        "drill-name-missing" => "drills.refused.name",
        "drill-script-not-usable" => "drills.refused.script",
        "drill-time-out-of-range" or "drill-time-passed" => "drills.refused.time",
        "second-person-needed" => "drills.refused.own",
        "drill-already-decided" or "drill-not-running" => "drills.refused.decided",
        "my-number-refused" => "number.what",
        _ => "drills.refused.other",
    };
}
