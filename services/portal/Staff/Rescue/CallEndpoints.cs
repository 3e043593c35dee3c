using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Safety;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Staff.Rescue;

/// <summary>Staff write down who calls: the same form, on behalf.</summary>
internal static class CallEndpoints
{
    public static async Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, ITownDirectory towns)
        => await PageAsync(municipality, http, visits, desk, towns, view => view, StatusCodes.Status200OK);

    public static async Task<IResult> SendAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, ITownDirectory towns)
    {
        var form = await SafetyForm.ReadAsync(http.Request);
        if (form.Fault() is { } fault)
        {
            return await PageAsync(municipality, http, visits, desk, towns, view => view with { Form = form, Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await desk.SendAsync<SafetyReceipt>(new AlertsCall(HttpMethod.Post, municipality, "safety-check/calls", form.ToBody(), await http.AccessTokenAsync()) { Key = form.Key }, http);
        return await PageAsync(municipality, http, visits, desk, towns,
            view => answer.Value is { } receipt ? view with { Receipt = receipt } : view with { Form = form, Fault = SafetyEndpoints.FaultOf(answer) },
            answer.Value is null ? (int)answer.Status : StatusCodes.Status200OK);
    }

    private static async Task<IResult> PageAsync(
        string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, ITownDirectory towns, Func<SafetyView, SafetyView> complete, int status)
    {
        var state = await desk.SendAsync<SafetyState>(new AlertsCall(HttpMethod.Get, municipality, "safety-check"), http);
        if (!towns.TryGet(municipality, out var town) || state.Value is null)
        {
            return StaffTrouble.Of(municipality, state.Value is null ? state.Status : System.Net.HttpStatusCode.NotFound, http);
        }

        return new RazorComponentResult<CallPage>(new
        {
            Visit = visits.Begin(http) with { Path = $"/{municipality}/staff/calls", Query = "" },
            View = StaffView.Of(http, municipality),
            Safety = complete(new SafetyView { Town = town, State = state.Value }),
        })
        {
            StatusCode = status,
        };
    }
}
