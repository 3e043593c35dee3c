using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Incidents;

/// <summary>Where the sidecar delivers <see cref="Topics.SensorThreshold"/>.</summary>
internal static class ThresholdEndpoint
{
    public static void MapThresholdEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/sensor-threshold", TakeThreshold).WithEvents(Topics.SensorThreshold, "a refusal would end in the dead letters.");

    private static Task<Results<Ok, Ok<DeliveryAnswer>>> TakeThreshold(
        SensorThreshold transition, ThresholdHandler handler, ILogger<ThresholdHandler> log, CancellationToken cancellationToken)
        => EventDelivery.TakeAsync(() => handler.HandleAsync(transition, cancellationToken), exception => log.ThresholdNotSaved(exception, transition.EventId));
}
