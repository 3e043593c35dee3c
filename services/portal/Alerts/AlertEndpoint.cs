using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Alerts;

internal static class AlertEndpoint
{
    public static async Task<IResult> ShowAsync(
        string id, HttpContext context, VisitFactory visits, CityBackend backend, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        var town = context.CurrentTown();
        var answer = await backend.AlertAsync(town, id, cancellationToken);
        if (answer.IsAnswered)
        {
            return new RazorComponentResult<AlertPage>(new { Visit = visit, Town = town, Alert = answer.Value, Map = Draw(town, answer.Value, visit), WordsIn = (string?)context.Request.Query["words"] });
        }

        var back = visit.Language.Text("alert.back", ("town", visit.Name(town.Name)));
        return answer.Outcome == Outcome.Unreachable
            ? MessageResult.Of(visit, StatusCodes.Status503ServiceUnavailable, "alerts.missing.title", ["alerts.missing.saved", "alerts.missing.do"], "/" + town.Code, back)
            : MessageResult.Of(visit, StatusCodes.Status404NotFound, "alert.missing.title", ["alert.missing.do"], "/" + town.Code, back);
    }

    /// <summary>An alert that is over has no area to keep away from.</summary>
    private static MapView? Draw(Town town, AlertView alert, Visit visit)
    {
        if (alert.CancelledAt is not null)
        {
            return null;
        }

        var map = MapDrawing.Draw(town, [alert], [], [], visit);
        return map.Areas.Count > 0 ? map : null;
    }
}
