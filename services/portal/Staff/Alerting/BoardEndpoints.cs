using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Alerts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>All that waits and all that is in force, on one page.</summary>
internal static class BoardEndpoints
{
    private const int MostDecided = 6;

    /// <summary>The staff's first page has other things to show.</summary>
    private static readonly TimeSpan CountPatience = TimeSpan.FromSeconds(1.5);

    public static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => PageAsync(new OfficerDesk(municipality, http, desk), visits, refused: null);

    public static async Task<IResult> ShowLiveAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var (board, trouble) = await GatherAsync(officer);
        return board is null ? trouble! : new RazorComponentResult<BoardFragment>(new { Visit = visits.Begin(http), View = StaffView.Of(http, municipality), Board = board });
    }

    /// <summary>How many drafts and bulletins wait; null where nobody knows or may know.</summary>
    public static async Task<int?> CountWaitingAsync(string municipality, HttpContext http, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        if (!http.User.IsInRole(ServiceDefaults.Identity.CityRoles.Officer) || officer.Town?.Offers(AppIds.Alerts) != true)
        {
            return null;
        }

        var drafts = officer.GetAsync<Page<DraftAnswer>>("drafts?status=Pending&limit=200", CountPatience);
        var bulletins = officer.GetAsync<Page<BulletinAnswer>>("jma?outcome=Waiting&limit=200", CountPatience);
        return (await drafts).Value?.Items.Count + (await bulletins).Value?.Items.Count;
    }

    /// <param name="refused">Why what was asked for was not done.</param>
    public static async Task<IResult> PageAsync(OfficerDesk officer, VisitFactory visits, Refused? refused)
    {
        var (board, trouble) = await GatherAsync(officer);
        return board is null ? trouble! : new RazorComponentResult<BoardPage>(new
        {
            Visit = visits.Begin(officer.Http) with { Path = officer.Url(), Query = "" },
            View = StaffView.Of(officer.Http, officer.Municipality),
            Board = board,
            Refused = refused,
        })
        {
            StatusCode = refused?.Status ?? StatusCodes.Status200OK,
        };
    }

    private static async Task<(Board? Board, IResult? Trouble)> GatherAsync(OfficerDesk officer)
    {
        var pendingTask = officer.GetAsync<Page<DraftAnswer>>("drafts?status=Pending&limit=200");
        var newestTask = officer.GetAsync<Page<DraftAnswer>>("drafts?limit=50");
        var activeTask = officer.GetAsync<Page<AlertView>>("active?limit=200");
        var bulletinsTask = officer.GetAsync<Page<BulletinAnswer>>("jma?outcome=Waiting&limit=50");
        var (pending, newest, active, bulletins) = (await pendingTask, await newestTask, await activeTask, await bulletinsTask);
        if (pending.Value is null || newest.Value is null || active.Value is null || bulletins.Value is null)
        {
            return (null, officer.Trouble(pending.Value is null ? pending.Status : newest.Value is null ? newest.Status : active.Value is null ? active.Status : bulletins.Status));
        }

        var inForce = AlertRank.Sort(active.Value.Items);
        return (new Board
        {
            Waiting = [.. pending.Value.Items.OrderBy(draft => draft.IsActual ? 0 : 1).ThenByDescending(draft => draft.Level).ThenBy(draft => draft.CreatedAt)],
            Actual = [.. inForce.Where(alert => alert.IsActual)],
            Drills = [.. inForce.Where(alert => !alert.IsActual)],
            Bulletins = bulletins.Value.Items,
            Decided = [.. newest.Value.Items.Where(draft => !draft.IsPending).Take(MostDecided)],
            LooksOften = officer.LooksOften,
        }, null);
    }
}
