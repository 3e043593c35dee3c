using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff.Changes;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>An officer writes an alert: choices, then the words that the service proposes, then a draft.</summary>
internal static class ComposeEndpoints
{
    public static async Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        // Who may not write learns that before typing anything.
        var may = await officer.GetAsync<Page<DraftAnswer>>("drafts?limit=1");
        return may.Value is null || officer.Town is not { } town ? officer.Trouble(may.Status)
            : await PageAsync(officer, visits, new ComposeBoard { Town = town, Form = new ComposeForm(), Places = await PlacesAsync(officer, town) }, StatusCodes.Status200OK);
    }

    public static async Task<IResult> SendAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var officer = new OfficerDesk(municipality, http, desk);
        var fields = await http.Request.ReadFieldsAsync();
        if (officer.Town is not { } town)
        {
            return officer.Trouble(System.Net.HttpStatusCode.NotFound);
        }

        var form = ComposeForm.Of(fields);
        var board = new ComposeBoard { Town = town, Form = form, Places = await PlacesAsync(officer, town) };
        var centre = board.Places.FirstOrDefault(place => place.Key == form.Place)?.Point ?? form.TypedPoint();
        var step = fields["step"].ToString();
        if (step == "edit")
        {
            return await PageAsync(officer, visits, board, StatusCodes.Status200OK);
        }

        if (form.Fault(centre) is { } fault)
        {
            return await PageAsync(officer, visits, board with { Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        }

        // A refusal of the words must not keep the page with the words from being shown: it is asked for without them.
        var preview = await officer.PostAsync<DraftPreviewAnswer>("drafts/preview", form.ToBody(centre, hasTexts: false));
        if (preview.Value is null)
        {
            return Refused.IsOfDoor(preview) ? officer.Trouble(preview.Status)
                : await PageAsync(officer, visits, board with { Refused = Refused.Of(preview) }, Refused.Of(preview).Status);
        }

        board = board with { Preview = preview.Value };
        if (step != "write")
        {
            return await PageAsync(officer, visits, board, StatusCodes.Status200OK);
        }

        var written = await officer.PostAsync<DraftAnswer>("drafts", form.ToBody(centre, hasTexts: true), form.Key);
        return written.Value is { } draft ? Results.LocalRedirect(officer.Url("/drafts/" + draft.Id))
            : Refused.IsOfDoor(written) ? officer.Trouble(written.Status)
            : await PageAsync(officer, visits, board with { Refused = Refused.Of(written) }, Refused.Of(written).Status);
    }

    private static async Task<IReadOnlyList<TownPlace>> PlacesAsync(OfficerDesk officer, Town town)
        => TownPlaces.Of(town, (await officer.GetAsync<Page<ShelterView>>("shelters")).Value?.Items ?? []);

    private static Task<IResult> PageAsync(OfficerDesk officer, VisitFactory visits, ComposeBoard board, int status)
    {
        var visit = visits.Begin(officer.Http) with { Path = officer.Url("/new"), Query = "" };
        var map = board.Preview is { } preview ? MapDrawing.Draw(board.Town, [AlertOf(officer, board.Form, preview)], [], [], visit) : null;
        return Task.FromResult<IResult>(new RazorComponentResult<ComposePage>(new
        {
            Visit = visit,
            View = StaffView.Of(officer.Http, officer.Municipality),
            Board = board with { Map = map is { Areas.Count: > 0 } ? map : null },
        })
        {
            StatusCode = status,
        });
    }

    private static AlertView AlertOf(OfficerDesk officer, ComposeForm form, DraftPreviewAnswer preview) => new()
    {
        Id = "",
        AlertId = "",
        Municipality = officer.Municipality,
        Status = form.Status,
        MsgType = "Alert",
        Level = form.Level,
        Hazard = form.Hazard,
        Sent = preview.Reach.AsOf,
        Expires = preview.Reach.AsOf,
        Info = preview.Info,
        Area = preview.Reach.Area,
    };
}
