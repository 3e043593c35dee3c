using SmartCity.Transit.Planning.Answers;

namespace SmartCity.Transit.Planning.Towns;

internal static class TownFeature
{
    /// <summary>Before the feeds: it wants to hear of the first ones.</summary>
    public static void AddPlannerTowns(this IServiceCollection services)
    {
        services.AddOptions<PlannerOptions>().BindConfiguration("Planning").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PlannerTowns>();
        services.AddSingleton<ITownTimetables>(static provider => provider.GetRequiredService<PlannerTowns>());
        services.AddHostedService(static provider => provider.GetRequiredService<PlannerTowns>());
    }
}
