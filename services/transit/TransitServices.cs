using SmartCity.Transit.Planning.Answers;

namespace SmartCity.Transit;

/// <summary>Every registration of the service.</summary>
internal static class TransitServices
{
    public static void AddTransit(WebApplicationBuilder builder)
    {
        builder.Services.AddPlanning();
    }
}
