using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>The officers' pages for disaster alerts. The alerts service decides who may do what.</summary>
internal static class AlertingPages
{
    public static void MapAlerting(this RouteGroupBuilder staff)
    {
        var alerts = staff.MapGroup("/alerts");
        alerts.MapGet("", BoardEndpoints.ShowAsync);
        alerts.MapGet("/live", BoardEndpoints.ShowLiveAsync);
        alerts.MapGet("/bulletins/{id}/publish", BulletinEndpoints.ShowAsync);
        alerts.MapPost("/bulletins/{id}/publish", BulletinEndpoints.PublishAsync);
        alerts.MapPost("/bulletins/{id}/ignore", BulletinEndpoints.IgnoreAsync);

        alerts.MapGet("/new", ComposeEndpoints.ShowAsync);
        alerts.MapPost("/new", ComposeEndpoints.SendAsync)
            .WithoutMyNumberCheck("The alerts service looks at the words, and the page keeps what was typed and says so.");
        alerts.MapGet("/drafts/{id}", DraftEndpoints.ShowAsync);
        alerts.MapGet("/drafts/{id}/live", DraftEndpoints.ShowLiveAsync);
        alerts.MapPost("/drafts/{id}/approve", DraftEndpoints.ApproveAsync);
        alerts.MapPost("/drafts/{id}/reject", DraftEndpoints.RejectAsync);

        alerts.MapGet("/self-tests", SelfTestEndpoints.ShowAsync);
        alerts.MapGet("/self-tests/live", SelfTestEndpoints.ShowLiveAsync);
        alerts.MapPost("/self-tests", SelfTestEndpoints.BeginAsync);
        alerts.MapPost("/self-tests/recipients", SelfTestEndpoints.SetRecipientsAsync);

        alerts.MapGet("/{id}", IssuedEndpoints.ShowAsync);
        alerts.MapGet("/{id}/live", IssuedEndpoints.ShowLiveAsync);
        alerts.MapGet("/{id}/not-reached.csv", IssuedEndpoints.ExportAsync);
        alerts.MapGet("/{id}/update", IssuedChangeEndpoints.ShowUpdateAsync);
        alerts.MapPost("/{id}/update", IssuedChangeEndpoints.UpdateAsync)
            .WithoutMyNumberCheck("The alerts service looks at the words, and the page keeps what was typed and says so.");
        alerts.MapGet("/{id}/cancel", IssuedChangeEndpoints.ShowCancelAsync);
        alerts.MapPost("/{id}/cancel", IssuedChangeEndpoints.CancelAsync);
    }
}
