using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Portal.Staff.Rescue;

/// <summary>Who needs help: names for officers, numbers for everybody in the town hall.</summary>
internal static class RescueEndpoints
{
    public static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, string? after = null)
        => PageAsync(municipality, http, visits, desk, after, refused: null, StatusCodes.Status200OK);

    /// <summary>Waiting, on the way, done.</summary>
    public static async Task<IResult> SetAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var form = await http.Request.ReadFieldsAsync();
        var after = form["after"].ToString() is { Length: > 0 } place ? place : null;
        int? version = int.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;
        var answer = await desk.SendAsync<RescueState>(
            new AlertsCall(HttpMethod.Put, municipality, "safety-check/rescue-list/" + Uri.EscapeDataString(id), new { Status = form["status"].ToString(), Version = version }, await http.AccessTokenAsync()), http);
        if (answer.Value is not null)
        {
            return Results.LocalRedirect($"/{municipality}/staff/rescue{(after is null ? "" : "?after=" + Uri.EscapeDataString(after))}#r-{id}");
        }

        var key = answer.Code switch
        {
            null => "rescue.refused.unreachable",
            "rescue-changed-meanwhile" => "rescue.refused.changed",
            "help-not-asked" => "rescue.refused.safe",
            _ => "rescue.refused.other",
        };
        return answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? StaffTrouble.Of(municipality, answer.Status, http)
            : await PageAsync(municipality, http, visits, desk, after, (id, key), (int)answer.Status);
    }

    /// <summary>For paper, while there is still a printer.</summary>
    public static async Task<IResult> ExportAsync(string municipality, HttpContext http, AlertsDesk desk, string? encoding = null)
    {
        var query = encoding == "shift_jis" ? "?encoding=shift_jis" : "";
        var file = await desk.DownloadAsync(new AlertsCall(HttpMethod.Get, municipality, "safety-check/rescue-list/export.csv" + query, Token: await http.AccessTokenAsync()), http);
        http.Response.Headers.CacheControl = "no-store";
        return file is { } csv
            ? Results.Bytes(csv.Content, csv.MediaType, csv.Name?.Trim('"') ?? "rescue.csv")
            : StaffTrouble.Of(municipality, HttpStatusCode.ServiceUnavailable, http);
    }

    public static async Task<IResult> OpenCheckAsync(string municipality, HttpContext http, AlertsDesk desk)
    {
        var form = await http.Request.ReadFieldsAsync();
        return await ToListAsync(municipality, "safety-check/checks", new { IsExercise = form["kind"] == "exercise" }, http, desk);
    }

    public static Task<IResult> CloseCheckAsync(string municipality, string id, HttpContext http, AlertsDesk desk)
        => ToListAsync(municipality, $"safety-check/checks/{Uri.EscapeDataString(id)}/close", body: null, http, desk);

    private static async Task<IResult> ToListAsync(string municipality, string path, object? body, HttpContext http, AlertsDesk desk)
    {
        var answer = await desk.SendAsync<SafetyState>(new AlertsCall(HttpMethod.Post, municipality, path, body, await http.AccessTokenAsync()), http);
        return answer.Value is not null ? Results.LocalRedirect($"/{municipality}/staff/rescue") : StaffTrouble.Of(municipality, answer.Status, http);
    }

    private static async Task<IResult> PageAsync(
        string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, string? after, (string Id, string Key)? refused, int status)
    {
        var token = await http.AccessTokenAsync();
        var state = await desk.SendAsync<SafetyState>(new AlertsCall(HttpMethod.Get, municipality, "safety-check"), http);
        var counts = await desk.SendAsync<SafetyCounts>(new AlertsCall(HttpMethod.Get, municipality, "safety-check/counts", Token: token), http);
        if (state.Value is null || counts.Value is null)
        {
            return StaffTrouble.Of(municipality, state.Value is null ? state.Status : counts.Status, http);
        }

        // Who may not read names does not ask for them: the exchange log has no entry of it.
        Page<RescueRow>? rows = null;
        if (http.User.IsInRole(CityRoles.Officer))
        {
            var list = await desk.SendAsync<Page<RescueRow>>(
                new AlertsCall(HttpMethod.Get, municipality, "safety-check/rescue-list?limit=50" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), Token: token), http);
            if (list.Value is null)
            {
                return StaffTrouble.Of(municipality, list.Status, http);
            }

            rows = list.Value;
        }

        return new RazorComponentResult<RescuePage>(new
        {
            Visit = visits.Begin(http) with { Path = $"/{municipality}/staff/rescue", Query = "" },
            View = StaffView.Of(http, municipality),
            Board = new RescueBoard { State = state.Value, Counts = counts.Value, Rows = rows, After = after, Refused = refused },
        })
        {
            StatusCode = status,
        };
    }
}
