using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>One alert that was issued: whom it reached so far, and whom it did not.</summary>
internal static class IssuedEndpoints
{
    private const int PageSize = 25;

    public static async Task<IResult> ShowAsync(
        string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? message = null, string? after = null)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var (board, trouble) = await GatherAsync(officer, id, message, after);
        return board is null ? trouble! : new RazorComponentResult<IssuedPage>(new
        {
            Visit = visits.Begin(http, keepsQuery: true),
            View = StaffView.Of(http, municipality),
            Board = board,
        });
    }

    public static async Task<IResult> ShowLiveAsync(
        string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk, string? message = null, string? after = null)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var (board, trouble) = await GatherAsync(officer, id, message, after);
        return board is null ? trouble! : new RazorComponentResult<IssuedFragment>(new { Visit = visits.Begin(http), View = StaffView.Of(http, municipality), Board = board });
    }

    /// <summary>Everybody whom the message did not reach, as a file.</summary>
    public static Task<IResult> ExportAsync(string municipality, string id, HttpContext http, AlertsDesk desk, string? encoding = null)
        => new OfficerDesk(municipality, http, desk).DownloadAsync(
            $"{Uri.EscapeDataString(id)}/deliveries/export.csv?status=not-reached{(encoding == "shift_jis" ? "&encoding=shift_jis" : "")}", "not-reached.csv");

    /// <summary>The whole history, or why there is none.</summary>
    public static async Task<(HistoryAnswer? History, IResult? Trouble)> HistoryAsync(OfficerDesk officer, string id)
    {
        var history = await officer.GetAsync<HistoryAnswer>(Uri.EscapeDataString(id) + "/history");
        return history.Value is { } known ? (known, null)
            : history.Code == "unknown-alert"
            ? (null, StaffMessage.Of(officer.Http, StatusCodes.Status404NotFound, "alert.missing.title", ["alert.missing.do"], officer.Url(), "desk.back"))
            : (null, officer.Trouble(history.Status));
    }

    private static async Task<(IssuedBoard? Board, IResult? Trouble)> GatherAsync(OfficerDesk officer, string id, string? message, string? after)
    {
        var (history, trouble) = await HistoryAsync(officer, id);
        if (history is null)
        {
            return (null, trouble);
        }

        // Only messages of this alert: the address says which one it is.
        var shown = history.Steps.FirstOrDefault(step => step.Id == message)?.Id ?? history.Newest.Id;
        var path = Uri.EscapeDataString(shown);
        var reachTask = officer.GetAsync<ReachAnswer>(path + "/reach");
        var missed = await officer.GetAsync<Page<DeliveryAnswer>>(
            $"{path}/deliveries?status=not-reached&limit={PageSize}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
        var reach = await reachTask;
        // A message is there a moment before its recipients are: that is no fault.
        return reach.Value is null && reach.Status != HttpStatusCode.NotFound
            ? (null, officer.Trouble(reach.Status))
            : (new IssuedBoard
            {
                History = history,
                MessageId = shown,
                Reach = reach.Value,
                Missed = missed.Value,
                After = after,
                DeviceNames = officer.Town?.Devices.ToDictionary(device => device.Id, device => device.Name, StringComparer.Ordinal) ?? [],
                LooksOften = officer.LooksOften,
            }, null);
    }
}
