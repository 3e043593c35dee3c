using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Subscriptions: for everybody, without an account.</summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/subscriptions", Subscribe)
            .WithoutMyNumberCheck("Endpoints and keys of browsers are random characters, in which a number may seem to be; mail addresses and URLs are checked by the handler.");
        routes.MapGet("/subscriptions/{id}", GetSubscription);
        routes.MapDelete("/subscriptions/{id}", EndSubscription);
        routes.MapSubscriptionPages();
    }

    private static async Task<Results<Created<SubscriptionView>, Ok<SubscriptionView>, Accepted<SubscriptionView>, ProblemHttpResult>> Subscribe(
        SubscribeRequest request, SubscriptionDesk desk, SubscriptionGate gate, DeliveryMetrics metrics, HttpContext http, CancellationToken cancellationToken,
        [FromHeader(Name = SubscriptionSecrets.Header)] string? secret = null)
    {
        var town = http.CurrentTown();
        if (gate.TryEnter(town.Code, RequestSource.Of(http)) is { } wait)
        {
            metrics.Subscribed("refused");
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-subscriptions", "Too many subscriptions were asked for.",
                "Nothing was saved. Please try again later; alerts are on the town's page meanwhile.");
        }

        return request.Refuse(town) is { } refusal ? refusal : await desk.SubscribeAsync(town, request, secret, cancellationToken);
    }

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> GetSubscription(
        string id, OwnerDesk owner, SubscriptionDesk desk, CancellationToken cancellationToken, [FromHeader(Name = SubscriptionSecrets.Header)] string? secret = null)
        => await owner.FindAsync(id, secret, cancellationToken) is { } found ? TypedResults.Ok(desk.View(found)) : Unknown();

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSubscription(
        string id, OwnerDesk owner, CancellationToken cancellationToken, [FromHeader(Name = SubscriptionSecrets.Header)] string? secret = null)
        => await owner.FindAsync(id, secret, cancellationToken) is not null && await owner.EndAsync(id, cancellationToken) ? TypedResults.NoContent() : Unknown();

    private static ProblemHttpResult Unknown() => Problem.NotFound("unknown-subscription", "There is no such subscription.",
        $"Either it has ended, or the secret in the header '{SubscriptionSecrets.Header}' is not its own.");
}
