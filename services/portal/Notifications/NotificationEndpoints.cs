using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Notifications;

/// <summary>Being told of alerts: by this browser (a script talks to the alerts service), or by e-mail (a plain form).</summary>
internal static class NotificationEndpoints
{
    private static readonly string[] Known =
        ["too-many-subscriptions", "town-is-full", "channel-not-offered", "address-not-usable", "my-number-refused", "hazard-unknown", "district-unknown", "language-unknown"];

    public static RazorComponentResult<NotificationPage> Show(HttpContext http, VisitFactory visits)
    {
        var visit = visits.Begin(http);
        var town = http.CurrentTown();
        return Page(http, visit, new NotificationView { Town = town, Form = WishForm.New(town, visit.Language) });
    }

    /// <summary>A mailbox. Sent again it is the same: the alerts service asks a mailbox once in a while, whatever comes.</summary>
    public static async Task<RazorComponentResult<NotificationPage>> SubscribeAsync(HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var visit = visits.Begin(http);
        var town = http.CurrentTown();
        var form = await WishForm.ReadAsync(http.Request);
        var view = new NotificationView { Town = town, Form = form };
        if (form.Fault() is { } fault)
        {
            return Page(http, visit, view with { Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        }

        if (!town.Offers(AppIds.Alerts))
        {
            return Page(http, visit, view with { Fault = "notify.refused.channel-not-offered" }, StatusCodes.Status404NotFound);
        }

        var answer = await desk.SendAsync<SubscriptionAnswer>(new AlertsCall(HttpMethod.Post, town.Code, "subscriptions", form.ToBody(town)), http);
        return answer.Value is { } subscription
            ? Page(http, visit, view with { Asked = subscription.Addresses[0].Address })
            : Page(http, visit, view with { Fault = FaultOf(answer) }, (int)answer.Status);
    }

    private static string FaultOf(DeskAnswer<SubscriptionAnswer> answer)
        => "notify.refused." + (answer.Code is null ? "unreachable" : Known.Contains(answer.Code, StringComparer.Ordinal) ? answer.Code : "other");

    private static RazorComponentResult<NotificationPage> Page(HttpContext http, Visit visit, NotificationView view, int status = StatusCodes.Status200OK)
        => new(new { Visit = visit, View = view }) { StatusCode = status };
}
