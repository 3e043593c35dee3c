using System.Text.Encodings.Web;
using System.Text.Unicode;
using SmartCity.Contracts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Devices;
using SmartCity.Portal.Languages;
using SmartCity.Portal.LiveMap;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Resident;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.Portal.StaticFiles;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Portal;

/// <summary>Every registration of the portal.</summary>
public static class PortalServices
{
    /// <summary>More than any town's alerts, shelters or devices page; beyond it something is wrong.</summary>
    private const int MaximumAnswerBytes = 2 * 1024 * 1024;

    private const int MaximumPlanBytes = 32 * 1024 * 1024;

    /// <summary>Before the gateway gives up, so that the page can say what is not known.</summary>
    private static readonly TimeSpan DecisionLimit = TimeSpan.FromSeconds(25);

    public static void AddPortal(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Japanese stays readable in the page and costs 3 bytes a character instead of 8; markup is still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddExceptionHandler<ErrorPageHandler>();
        services.AddSingleton<IProblemDetailsWriter, RefusalPageWriter>();

        services.AddSingleton(TextCatalog.Load());
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<VisitFactory>();

        foreach (var appId in new[] { AppIds.Alerts, AppIds.Telemetry })
        {
            builder.AddServiceClient(appId).ConfigureHttpClient(client => client.MaxResponseContentBufferSize = MaximumAnswerBytes);
        }

        // A plan of a whole town's devices is longer than what residents' pages ask for, and putting it in force takes longer.
        builder.AddServiceClient(AppIds.Registry, RegistryDesk.ClientName).ConfigureHttpClient(client =>
        {
            client.MaxResponseContentBufferSize = MaximumPlanBytes;
            client.Timeout = DecisionLimit;
        });
        services.AddSingleton<RegistryDesk>();
        services.AddSingleton<ChangePages>();
        builder.AddStaffSignIn();

        services.AddOptions<PatienceOptions>().BindConfiguration(PatienceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BackendPolicies>();
        services.AddSingleton<CityBackend>();
        services.AddSingleton<AlertsDesk>();
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveCrowd>();
        services.AddSingleton<ResidentViews>();
        services.AddSingleton<LiveFragments>();
        services.AddSingleton<DeviceLists>();
        services.AddSingleton<DeviceViews>();
        services.AddSingleton<LiveMapViews>();
    }
}
