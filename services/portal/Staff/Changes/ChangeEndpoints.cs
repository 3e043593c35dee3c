using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Alerting;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>The change requests of a municipality, to look at.</summary>
internal static class ChangeEndpoints
{
    /// <summary>What waits for a second person.</summary>
    public static async Task<RazorComponentResult<HomePage>> HomeAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, AlertsDesk alerts)
    {
        var waiting = BoardEndpoints.CountWaitingAsync(municipality, http, alerts);
        var pending = await desk.ListAsync(municipality, ChangeStatus.Pending, after: null, http);
        return new RazorComponentResult<HomePage>(new { Visit = visits.Begin(http), View = StaffView.Of(http, municipality), Pending = pending.Value, WaitingAlerts = await waiting });
    }

    /// <summary>All of them, newest first; <c>?status=Pending</c> and the like for some.</summary>
    public static async Task<RazorComponentResult<ChangesPage>> ListAsync(
        string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, string? status = null, string? after = null)
    {
        ChangeStatus? wanted = Enum.GetNames<ChangeStatus>().Contains(status, StringComparer.Ordinal) ? Enum.Parse<ChangeStatus>(status!) : null;
        var changes = await desk.ListAsync(municipality, wanted, after, http);
        return new RazorComponentResult<ChangesPage>(new
        {
            Visit = visits.Begin(http),
            View = StaffView.Of(http, municipality),
            Changes = changes.Value,
            Wanted = wanted,
        });
    }

    public static Task<IResult> ShowAsync(string municipality, long id, HttpContext http, ChangePages pages)
        => pages.ShowAsync(municipality, id, http);
}
