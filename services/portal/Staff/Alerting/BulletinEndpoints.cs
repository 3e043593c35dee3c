using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>A bulletin that waits: looked at on a page of its own, which does not redraw itself under the finger, and then decided.</summary>
internal static class BulletinEndpoints
{
    public static async Task<IResult> ShowAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var waiting = await officer.GetAsync<Page<BulletinAnswer>>("jma?outcome=Waiting&limit=200");
        if (waiting.Value is null)
        {
            return officer.Trouble(waiting.Status);
        }

        return waiting.Value.Items.FirstOrDefault(item => item.Id == id) is not { } bulletin
            ? StaffMessage.Of(http, StatusCodes.Status404NotFound, "desk.bulletin.gone", ["desk.bulletin.gone.do"], officer.Url(), "desk.back")
            : new RazorComponentResult<BulletinPage>(new
            {
                Visit = visits.Begin(http) with { Path = officer.Url($"/bulletins/{Uri.EscapeDataString(id)}/publish"), Query = "" },
                View = StaffView.Of(http, municipality),
                Bulletin = bulletin,
            });
    }

    public static Task<IResult> PublishAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => DecideAsync(municipality, id, "publish", http, visits, desk);

    public static Task<IResult> IgnoreAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => DecideAsync(municipality, id, "ignore", http, visits, desk);

    private static async Task<IResult> DecideAsync(string municipality, string id, string act, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var answer = await officer.PostAsync<IdAnswer>($"jma/{Uri.EscapeDataString(id)}/{act}");
        return answer.Value is not null ? Results.LocalRedirect(officer.Url())
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await BoardEndpoints.PageAsync(officer, visits, Refused.Of(answer));
    }
}
