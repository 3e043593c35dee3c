using Dapr;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Alarms;

/// <summary>Where the sidecar delivers <see cref="Topics.DeviceSilent"/>. Outside <c>/api</c>, so the gateway never routes to it.</summary>
internal static class SilenceEndpoint
{
    public static void MapSilenceEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/device-silent", TakeSilence)
            .WithTopic(new TopicOptions { PubsubName = Topics.PubSub, Name = Topics.DeviceSilent, DeadLetterTopic = Topics.DeadLetter })
            .WithoutMyNumberCheck("An event of another service, whose texts were checked when a person wrote them; a refusal would end in the dead letters.")
            .ExcludeFromDescription();

    /// <summary>Dapr's answers (pub/sub API reference): an empty 200 acknowledges, RETRY has the event delivered again.</summary>
    private static async Task<Results<Ok, Ok<DeliveryStatus>>> TakeSilence(
        DeviceSilent silence, SilenceHandler handler, ILogger<SilenceHandler> log, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync(silence, cancellationToken);
            return TypedResults.Ok();
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            log.SilenceNotSaved(exception, silence.EventId);
            return TypedResults.Ok(new DeliveryStatus("RETRY"));
        }
    }

    private sealed record DeliveryStatus(string Status);
}
