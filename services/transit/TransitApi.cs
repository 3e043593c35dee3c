using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit;

/// <summary>Every endpoint of the service.</summary>
internal static class TransitApi
{
    public static void MapTransit(WebApplication app)
    {
        app.MapTownGroup(AppIds.Transit).WithTags(AppIds.Transit);
    }
}
