using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Alarms;

/// <summary>Where the sidecar delivers <see cref="Topics.DeviceSilent"/>.</summary>
internal static class SilenceEndpoint
{
    public static void MapSilenceEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/device-silent", TakeSilence).WithEvents(Topics.DeviceSilent, "a refusal would end in the dead letters.");

    private static Task<Results<Ok, Ok<DeliveryAnswer>>> TakeSilence(
        DeviceSilent silence, SilenceHandler handler, ILogger<SilenceHandler> log, CancellationToken cancellationToken)
        => EventDelivery.TakeAsync(() => handler.HandleAsync(silence, cancellationToken), exception => log.SilenceNotSaved(exception, silence.EventId));
}
