using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Whether every channel delivers, before it has to.</summary>
internal static class SelfTestEndpoints
{
    private const int Shown = 6;

    public static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => PageAsync(new OfficerDesk(municipality, http, desk), visits, refused: null, typed: null);

    public static async Task<IResult> ShowLiveAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var (board, status) = await GatherAsync(officer);
        return board is null ? officer.Trouble(status) : new RazorComponentResult<SelfTestFragment>(new { Visit = visits.Begin(http), Board = board });
    }

    public static async Task<IResult> BeginAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var answer = await officer.PostAsync<SelfTestAnswer>("self-tests");
        return answer.Value is not null ? Results.LocalRedirect(officer.Url("/self-tests"))
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await PageAsync(officer, visits, Refused.Of(answer), typed: null);
    }

    public static async Task<IResult> SetRecipientsAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var typed = (await http.Request.ReadFieldsAsync())["ids"].ToString();
        var ids = typed.Split([' ', '\r', '\n', '\t', ',', '、', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = await officer.PutAsync<IdAnswer>("self-tests/recipients", new { SubscriptionIds = ids });
        return answer.Status == HttpStatusCode.NoContent ? Results.LocalRedirect(officer.Url("/self-tests"))
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await PageAsync(officer, visits, Refused.Of(answer), typed);
    }

    private static async Task<IResult> PageAsync(OfficerDesk officer, VisitFactory visits, Refused? refused, string? typed)
    {
        var (board, status) = await GatherAsync(officer);
        return board is null ? officer.Trouble(status) : new RazorComponentResult<SelfTestPage>(new
        {
            Visit = visits.Begin(officer.Http) with { Path = officer.Url("/self-tests"), Query = "" },
            View = StaffView.Of(officer.Http, officer.Municipality),
            Board = board with { Refused = refused, Typed = typed },
        })
        {
            StatusCode = refused?.Status ?? StatusCodes.Status200OK,
        };
    }

    private static async Task<(SelfTestBoard? Board, HttpStatusCode Status)> GatherAsync(OfficerDesk officer)
    {
        var recipientsTask = officer.GetAsync<Page<RecipientAnswer>>("self-tests/recipients");
        var tests = await officer.GetAsync<Page<SelfTestAnswer>>($"self-tests?limit={Shown}");
        var recipients = await recipientsTask;
        return tests.Value is null || recipients.Value is null
            ? (null, tests.Value is null ? tests.Status : recipients.Status)
            : (new SelfTestBoard { Tests = tests.Value.Items, Recipients = recipients.Value.Items, LooksOften = officer.LooksOften }, HttpStatusCode.OK);
    }
}
