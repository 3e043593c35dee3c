using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Registry.Exchange;

/// <summary>Where the sidecar delivers <see cref="Topics.ExchangeRecorded"/>.</summary>
internal static class ExchangeEvents
{
    public static void MapExchangeEvents(this IEndpointRouteBuilder routes)
        => routes.MapPost("/events/exchange-recorded", TakeRecord).WithEvents(Topics.ExchangeRecorded, "a refusal would lose a record.");

    private static Task<Results<Ok, Ok<DeliveryAnswer>>> TakeRecord(
        ExchangeRecorded recorded, RegistryDbContext database, ExchangeChain chain, TimeProvider clock, ILogger<ExchangeChain> log, CancellationToken cancellationToken)
        => EventDelivery.TakeAsync(
            async () =>
            {
                await using var transaction = await database.BeginWriteAsync(cancellationToken);
                if (await database.TryTakeAsync(recorded.EventId, clock.GetUtcNow(), cancellationToken))
                {
                    await chain.AppendAsync(recorded, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                }
            },
            exception => log.ExchangeNotSaved(exception, recorded.EventId));
}
