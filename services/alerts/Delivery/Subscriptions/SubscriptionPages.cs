using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Delivery.Wording;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>
/// Where the links in mails lead: a page with one button, since mail scanners open links too. Programs post JSON or nothing to the
/// same addresses and get JSON.
/// </summary>
internal static class SubscriptionPages
{
    public static void MapSubscriptionPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/subscriptions/confirm", ShowConfirm).ExcludeFromDescription();
        routes.MapPost("/subscriptions/confirm", Confirm).WithoutMyNumberCheck("A random token is all that is read.").DisableAntiforgery();
        routes.MapGet("/subscriptions/{id}/unsubscribe", ShowUnsubscribe).ExcludeFromDescription();
        routes.MapPost("/subscriptions/{id}/unsubscribe", Unsubscribe).WithoutMyNumberCheck("A random token is all that is read.").DisableAntiforgery();
    }

    private static async Task<ContentHttpResult> ShowConfirm(OwnerDesk owner, DeliveryWording wording, CancellationToken cancellationToken, string? token = null)
        => await owner.IsConfirmableAsync(token, cancellationToken)
            ? SubscriptionPage.Ask(wording, words => words.ConfirmHeading, words => words.ConfirmButton, words => words.Stored)
            : SubscriptionPage.Say(wording, words => words.LinkGone, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ConfirmedView>, ContentHttpResult, ProblemHttpResult>> Confirm(
        OwnerDesk owner, DeliveryWording wording, HttpContext http, CancellationToken cancellationToken, string? token = null)
    {
        var isPage = http.Request.HasFormContentType;
        var confirmed = await owner.ConfirmAsync(token, wantsSecret: !isPage, cancellationToken);
        if (isPage)
        {
            return confirmed is null
                ? SubscriptionPage.Say(wording, words => words.LinkGone, StatusCodes.Status404NotFound)
                : SubscriptionPage.Say(wording, words => words.ConfirmDone);
        }

        return confirmed is { } done
            ? TypedResults.Ok(new ConfirmedView(done.Subscription.Id, "active", done.Secret))
            : Problem.NotFound("confirm-token-unknown", "This confirmation link does not work.", "It was used already or has expired. Nothing was changed. Subscribe again for a new one.");
    }

    private static ContentHttpResult ShowUnsubscribe(string id, OwnerDesk owner, DeliveryWording wording, string? token = null) => owner.MayUnsubscribe(id, token)
        ? SubscriptionPage.Ask(wording, words => words.UnsubscribeHeading, words => words.UnsubscribeButton, _ => "")
        : SubscriptionPage.Say(wording, words => words.LinkGone, StatusCodes.Status404NotFound);

    /// <summary>Also what mail programs post by one click (RFC 8058). Again and again it answers the same.</summary>
    private static async Task<ContentHttpResult> Unsubscribe(string id, OwnerDesk owner, DeliveryWording wording, CancellationToken cancellationToken, string? token = null)
    {
        if (!owner.MayUnsubscribe(id, token))
        {
            return SubscriptionPage.Say(wording, words => words.LinkGone, StatusCodes.Status404NotFound);
        }

        await owner.EndAsync(id, cancellationToken);
        return SubscriptionPage.Say(wording, words => words.UnsubscribeDone);
    }
}

/// <param name="Secret">Proves who subscribed; shown once, and only where the subscription had none.</param>
public sealed record ConfirmedView(string Id, string Status, string? Secret);
