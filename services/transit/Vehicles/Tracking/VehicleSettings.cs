using Microsoft.Extensions.Options;
using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>Everything that can be set about how vehicles are followed.</summary>
public sealed record VehicleSettings(MatchOptions Matching, TrackingOptions Tracking, PredictionOptions Prediction, SilenceOptions Silence)
{
    public static VehicleSettings Default { get; } = new(new MatchOptions(), new TrackingOptions(), new PredictionOptions(), new SilenceOptions());

    internal static VehicleSettings Of(IServiceProvider services) => new(
        services.GetRequiredService<IOptions<MatchOptions>>().Value,
        services.GetRequiredService<IOptions<TrackingOptions>>().Value,
        services.GetRequiredService<IOptions<PredictionOptions>>().Value,
        services.GetRequiredService<IOptions<SilenceOptions>>().Value);
}
