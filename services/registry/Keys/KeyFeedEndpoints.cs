using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Registry.Keys;

/// <summary>What brokers ask. Outside <c>/api</c>, so the gateway never routes to it.</summary>
internal static class KeyFeedEndpoints
{
    private const int LongestWaitSeconds = 20;

    public static void MapKeyFeed(this IEndpointRouteBuilder routes)
    {
        var inside = routes.MapGroup("/internal").ExcludeFromDescription();
        inside.MapGet("/device-keys", GetKeys);
        inside.MapPost("/mqtt/auth", Authenticate).WithoutMyNumberCheck("A password is compared and forgotten.");
        inside.MapPost("/mqtt/acl", Authorize).WithoutMyNumberCheck("A topic is compared and forgotten.");
    }

    private static async Task<Ok<DeviceKeyChanges>> GetKeys(
        KeyFeed feed, RegistryDbContext database, CancellationToken cancellationToken, long after = 0, int waitSeconds = 0)
        => TypedResults.Ok(await feed.ChangesAsync(after, TimeSpan.FromSeconds(Math.Clamp(waitSeconds, 0, LongestWaitSeconds)), database, cancellationToken));

    private static async Task<Ok<BrokerAnswer>> Authenticate(BrokerQuestion question, ExternalBroker broker, CancellationToken cancellationToken)
        => TypedResults.Ok(BrokerAnswer.Of(await broker.MayConnectAsync(question.UserName, question.Password ?? "", cancellationToken)));

    private static async Task<Ok<BrokerAnswer>> Authorize(BrokerQuestion question, ExternalBroker broker, CancellationToken cancellationToken)
        => TypedResults.Ok(BrokerAnswer.Of(await broker.MayAsync(question.UserName, question.Topic ?? "", question.Act, cancellationToken)));
}
