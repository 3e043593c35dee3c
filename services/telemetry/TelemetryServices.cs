using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;
using SmartCity.Engine;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Decoding.Sparkplug;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.NgsiLd;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Subscriptions;
using SmartCity.Telemetry.OpenData;
using SmartCity.Telemetry.Sensors;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.Streaming;
using SmartCity.Telemetry.TimeSeries;
using SmartCity.Telemetry.Zones;

namespace SmartCity.Telemetry;

internal static class TelemetryServices
{
    public static void AddTelemetry(WebApplicationBuilder builder)
    {
        builder.AddCityDatabase<TelemetryDb>();
        builder.AddCityMessaging<TelemetryDb>();
        builder.AddCityGrains();

        var services = builder.Services;
        services.AddGrainStorage(SensorStorage.Name, (provider, _) => ActivatorUtilities.CreateInstance<SensorStorage>(provider));

        // A payload format is one class and one line here, the most specific first.
        services.AddSingleton<IPayloadDecoder, SparkplugDecoder>();
        services.AddSingleton<IPayloadDecoder, MappedJsonDecoder>();
        services.AddSingleton<IPayloadDecoder, SenMlCborDecoder>();
        services.AddSingleton<IPayloadDecoder, SenMlJsonDecoder>();
        services.AddSingleton<IPayloadDecoder, PlainJsonDecoder>();
        services.AddSingleton<PayloadDecoders>();
        services.AddSingleton<MetricNames>();
        services.AddSingleton<SparkplugSessions>();
        services.AddSingleton<RebirthRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<RebirthRequests>());

        services.AddOptions<IngestOptions>().BindConfiguration("Ingest").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MqttOptions>().BindConfiguration("Mqtt").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<TopicSources>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<TelemetryStores>();
        services.AddSingleton<Holdings>();
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryStores>());
        services.AddHostedService<Retention>();
        services.AddSingleton<IReadingHistory, StoredReadingHistory>();
        services.AddSingleton<ZoneVotes>();
        services.AddSingleton<FleetReports>();
        services.AddSingleton<FleetStore>();
        services.AddSingleton<BatchEvaluator>();
        services.AddSingleton<IngestLanes>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestLanes>());
        services.AddSingleton<MqttIngest>();
        services.AddHostedService(provider => provider.GetRequiredService<MqttIngest>());
        services.AddOptions<FleetOptions>().BindConfiguration("Fleet").ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<SilenceSweep>();
        DownlinkServices.AddDownlink(services);
        services.AddOptions<LiveOptions>().BindConfiguration("Live").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveReadings>();
        services.AddSingleton<NewestValues>();
        services.AddHostedService<LiveFeed>();
        services.AddScoped<TownReport>();
        services.AddOptions<NgsiLdOptions>().BindConfiguration("NgsiLd").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NgsiAnswer>();
        services.AddScoped<EntitySource>();
        services.AddSingleton(provider => new SubscriptionParser(provider.GetRequiredService<IOptions<NgsiLdOptions>>().Value.AllowPrivateReceivers));
        services.AddSingleton<SubscriptionBell>();
        services.AddSingleton<Notifier>();
        services.AddScoped<ChangeMarks>();
        services.AddScoped<SubscriptionDesk>();
        services.AddHostedService<SubscriptionWorker>();
        services.AddHealthChecks().AddCheck<MqttIngestCheck>("mqtt");
    }
}
