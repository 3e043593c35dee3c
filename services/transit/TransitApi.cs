using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Planning.Answers;

namespace SmartCity.Transit;

/// <summary>Every endpoint of the service.</summary>
internal static class TransitApi
{
    public static void MapTransit(WebApplication app)
    {
        var town = app.MapTownGroup(AppIds.Transit).WithTags(AppIds.Transit);
        town.MapPlan();
    }
}
