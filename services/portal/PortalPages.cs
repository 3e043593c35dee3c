using SmartCity.Portal.Alerts;
using SmartCity.Portal.Devices;
using SmartCity.Portal.LiveMap;
using SmartCity.Portal.My;
using SmartCity.Portal.Notifications;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Resident;
using SmartCity.Portal.Safety;
using SmartCity.Portal.Shelters;
using SmartCity.Portal.Staff;
using SmartCity.Portal.StaticFiles;
using SmartCity.Portal.Towns;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal;

/// <summary>Every page of the portal.</summary>
public static class PortalPages
{
    public static void MapPortal(WebApplication app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        pages.MapGet("/", TownsEndpoint.Show);
        pages.MapGet(AssetFiles.UrlPrefix + "{name}", AssetEndpoint.Get);

        var town = pages.MapGroup("/{municipality}").AddEndpointFilter(TownFilter.RequireTownAsync);
        town.MapGet("", ResidentEndpoints.ShowAsync);
        town.MapGet("/live", ResidentEndpoints.ShowLiveAsync);
        town.MapGet("/alerts/{id}", AlertEndpoint.ShowAsync);
        town.MapGet("/notifications", NotificationEndpoints.Show);
        town.MapPost("/notifications", NotificationEndpoints.SubscribeAsync);
        town.MapGet("/" + AppEndpoints.WorkerName, AppEndpoints.GetWorker);
        town.MapGet("/" + AppEndpoints.ManifestName, AppEndpoints.GetManifest);
        town.MapGet("/shelters", ShelterEndpoints.ShowAsync);
        town.MapGet("/safety", SafetyEndpoints.ShowAsync);
        foreach (var (form, handler) in new (string, Delegate)[] { ("", SafetyEndpoints.SendAsync), ("/find", SafetyEndpoints.FindAsync), ("/mine", SafetyEndpoints.OpenAsync), ("/erase", SafetyEndpoints.EraseAsync) })
        {
            town.MapPost("/safety" + form, handler)
                .WithoutMyNumberCheck("The page looks at the texts itself and keeps what was typed; the alerts service checks again.");
        }

        town.MapGet("/devices", DeviceEndpoints.ListAsync);
        town.MapGet("/devices/{id}", DeviceEndpoints.ShowAsync);
        town.MapGet("/devices/{id}/live", DeviceEndpoints.ShowLiveAsync);
        town.MapGet("/map", LiveMapEndpoints.ShowAsync);
        town.MapGet("/map/live", LiveMapEndpoints.ShowLiveAsync);

        app.MapStaff();
        app.MapMy();

        pages.MapMethods("{**path}", [HttpMethods.Get, HttpMethods.Head], MissingPage.Show).WithOrder(int.MaxValue);
    }
}
