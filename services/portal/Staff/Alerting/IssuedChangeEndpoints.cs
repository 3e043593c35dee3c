using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>Changing an alert in force, and ending it: each shows what it does before it happens.</summary>
internal static class IssuedChangeEndpoints
{
    public static Task<IResult> ShowUpdateAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => PageAsync<UpdatePage>(new OfficerDesk(municipality, http, desk), id, "/update", visits, null, null);

    public static Task<IResult> ShowCancelAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
        => PageAsync<CancelPage>(new OfficerDesk(municipality, http, desk), id, "/cancel", visits, null, null);

    public static async Task<IResult> UpdateAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var form = await http.Request.ReadFieldsAsync();
        var (history, trouble) = await IssuedEndpoints.HistoryAsync(officer, id);
        if (history is null)
        {
            return trouble!;
        }

        // Words are compared with what was seen: what somebody else wrote meanwhile is not written over.
        if (form["seen"].ToString() != history.Newest.Id)
        {
            return await RefuseAsync(new Refused("desk.refused.alert-has-changed", null, StatusCodes.Status409Conflict));
        }

        var answer = await officer.PostAsync<IdAnswer>(Uri.EscapeDataString(id) + "/update", new
        {
            Level = Number(form["level"].ToString()),
            ExpiresAfterSeconds = Number(form["hours"].ToString()) is { } hours ? hours * 3600.0 : (double?)null,
            Info = Changed(history.Newest, form).ToList(),
            Reason = form["reason"].ToString().Trim() is { Length: > 0 } reason ? reason : null,
            WithoutSecondPerson = form["alone"] == "yes",
        });
        return answer.Value is { Id: { } made }
            ? Results.LocalRedirect(officer.Url(answer.Status == HttpStatusCode.Accepted ? "/drafts/" + Uri.EscapeDataString(made) : "/" + Uri.EscapeDataString(id)))
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await RefuseAsync(Refused.Of(answer));

        Task<IResult> RefuseAsync(Refused why) => PageAsync<UpdatePage>(officer, id, "/update", visits, why, form);
    }

    public static async Task<IResult> CancelAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var form = await http.Request.ReadFieldsAsync();
        var (history, trouble) = await IssuedEndpoints.HistoryAsync(officer, id);
        if (history is null)
        {
            return trouble!;
        }

        // Who ends what they saw must not end what it has become meanwhile, such as a graver one.
        if (form["seen"].ToString() != history.Newest.Id)
        {
            return await PageAsync<CancelPage>(officer, id, "/cancel", visits, new Refused("desk.refused.alert-has-changed", null, StatusCodes.Status409Conflict), form);
        }

        var answer = await officer.PostAsync<IdAnswer>(Uri.EscapeDataString(id) + "/cancel", new { Reason = form["reason"].ToString().Trim() });
        return answer.Value is not null ? Results.LocalRedirect(officer.Url("/" + Uri.EscapeDataString(id)))
            : Refused.IsOfDoor(answer) ? officer.Trouble(answer.Status)
            : await PageAsync<CancelPage>(officer, id, "/cancel", visits, Refused.Of(answer), form);
    }

    private static async Task<IResult> PageAsync<TPage>(OfficerDesk officer, string id, string path, VisitFactory visits, Refused? refused, IFormCollection? form)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var (history, trouble) = await IssuedEndpoints.HistoryAsync(officer, id);
        if (history is null)
        {
            return trouble!;
        }

        var reach = await officer.GetAsync<ReachAnswer>(Uri.EscapeDataString(history.Newest.Id) + "/reach");
        return new RazorComponentResult<TPage>(new
        {
            Visit = visits.Begin(officer.Http) with { Path = officer.Url($"/{Uri.EscapeDataString(id)}{path}"), Query = "" },
            View = StaffView.Of(officer.Http, officer.Municipality),
            Board = new IssuedChangeBoard
            {
                History = history,
                Reach = reach.Value,
                Refused = refused,
                Typed = form?.Keys.ToDictionary(name => name, name => form[name].ToString(), StringComparer.Ordinal) ?? [],
            },
        })
        {
            StatusCode = refused?.Status ?? StatusCodes.Status200OK,
        };
    }

    // What was not touched is not sent: with another level the service then says its own words for that.
    private static IEnumerable<object> Changed(AlertView newest, IFormCollection form) => newest.Info
        .Select(info => (info.Language, Headline: Typed(form, info, "headline", info.Headline), Instruction: Typed(form, info, "instruction", info.Instruction)))
        .Where(text => text.Headline is not null || text.Instruction is not null)
        .Select(text => new { text.Language, text.Headline, text.Instruction });

    private static string? Typed(IFormCollection form, AlertInfoView info, string field, string before)
        => form[$"text.{info.Language}.{field}"].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text && text != before.ReplaceLineEndings("\n").Trim() ? text : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
