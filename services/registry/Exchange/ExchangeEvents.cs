using Dapr;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Registry.Exchange;

/// <summary>Where the sidecar delivers <see cref="Topics.ExchangeRecorded"/>. Outside <c>/api</c>, so the gateway never routes to it.</summary>
internal static class ExchangeEvents
{
    public static void MapExchangeEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/exchange-recorded", TakeRecord)
            .WithTopic(new TopicOptions { PubsubName = Topics.PubSub, Name = Topics.ExchangeRecorded, DeadLetterTopic = Topics.DeadLetter })
            .WithoutMyNumberCheck("An event of another service, whose texts were checked when a person wrote them; a refusal would lose a record.")
            .ExcludeFromDescription();

    private static async Task<Results<Ok, Ok<DeliveryStatus>>> TakeRecord(
        ExchangeRecorded recorded, RegistryDbContext database, ExchangeChain chain, TimeProvider clock, ILogger<ExchangeChain> log, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            if (await database.TryTakeAsync(recorded.EventId, clock.GetUtcNow(), cancellationToken))
            {
                await chain.AppendAsync(recorded, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return TypedResults.Ok();
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            log.ExchangeNotSaved(exception, recorded.EventId);
            return TypedResults.Ok(new DeliveryStatus("RETRY"));
        }
    }

    private sealed record DeliveryStatus(string Status);
}
