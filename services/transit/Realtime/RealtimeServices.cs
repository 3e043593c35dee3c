using Microsoft.Extensions.Options;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Publishing;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Sources;
using SmartCity.Transit.Vehicles.Duties;
using SmartCity.Transit.Vehicles.Intake;
using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Realtime;

/// <summary>Every registration of real time and vehicles.</summary>
internal static class RealtimeServices
{
    public static void AddRealtime(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MatchOptions>().BindConfiguration("Vehicles:Matching").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TrackingOptions>().BindConfiguration("Vehicles:Tracking").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PredictionOptions>().BindConfiguration("Vehicles:Prediction").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SilenceOptions>().BindConfiguration("Vehicles:Silence").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SegmentTimesOptions>().BindConfiguration("Vehicles:SegmentTimes").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(VehicleSettings.Of);
        services.AddSingleton<TownPlans>();
        services.AddSingleton<DutyBook>();
        services.AddSingleton<RealtimeBoard>();
        services.AddSingleton<MemorySegmentTimes>();
        services.AddSingleton<ISegmentTimes>(static provider => provider.GetRequiredService<MemorySegmentTimes>());
        services.AddSingleton<FeedPublisher>();

        services.AddOptions<VehicleMqttOptions>().BindConfiguration("Mqtt").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PositionMetrics>();
        services.AddSingleton<PositionIntake>();
        services.AddSingleton<PositionLanes>();
        services.AddHostedService(static provider => provider.GetRequiredService<PositionLanes>());
        services.AddSingleton<VehicleSession>();
        services.AddHostedService(static provider => provider.GetRequiredService<VehicleSession>());

        services.AddOptions<ReaderOptions>().BindConfiguration("Realtime:Reading").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SourceOptions>().BindConfiguration("Realtime:Sources").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SourceBook>();
        services.AddSingleton<SourceDesk>();
        services.AddSingleton<SourceClient>();
        services.AddSingleton<SourceFollower>();
        services.AddHostedService(static provider => provider.GetRequiredService<SourceFollower>());
        services.AddHostedService<BoardSweep>();
        services.AddHttpClient(SourceClient.Name)
            .ConfigureHttpClient(static (provider, client) =>
            {
                client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<SourceOptions>>().Value.TimeoutSeconds);
                client.MaxResponseContentBufferSize = provider.GetRequiredService<IOptions<ReaderOptions>>().Value.MostBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(static provider => SourceClient.Handler(provider.GetRequiredService<IOptions<SourceOptions>>().Value));
        services.AddHealthChecks().AddCheck<VehicleSessionCheck>("vehicles");
    }
}
