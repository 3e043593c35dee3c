using Dapr;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Incidents;

/// <summary>Where the sidecar delivers <see cref="Topics.SensorThreshold"/>. Outside <c>/api</c>, so the gateway never routes to it.</summary>
internal static class ThresholdEndpoint
{
    public static void MapThresholdEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/sensor-threshold", TakeThreshold)
            .WithTopic(new TopicOptions { PubsubName = Topics.PubSub, Name = Topics.SensorThreshold, DeadLetterTopic = Topics.DeadLetter })
            .WithoutMyNumberCheck("An event of another service, whose texts were checked when a person wrote them; a refusal would end in the dead letters.")
            .ExcludeFromDescription();

    /// <summary>Dapr's answers (pub/sub API reference): an empty 200 acknowledges, RETRY has the event delivered again.</summary>
    private static async Task<Results<Ok, Ok<DeliveryStatus>>> TakeThreshold(
        SensorThreshold transition, ThresholdHandler handler, ILogger<ThresholdHandler> log, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync(transition, cancellationToken);
            return TypedResults.Ok();
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            // Another delivery of the same event won, or the database is away: nothing was saved, nothing is lost.
            log.ThresholdNotSaved(exception, transition.EventId);
            return TypedResults.Ok(new DeliveryStatus("RETRY"));
        }
    }

    private sealed record DeliveryStatus(string Status);
}
