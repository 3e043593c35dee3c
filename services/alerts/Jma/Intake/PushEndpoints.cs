using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// What a WebSub hub calls (W3C Recommendation 23 January 2018, sections 5.3 and 7). The address is a town's because the gateway knows
/// no other; what comes is for all towns. Who may call is told by signature, not by token.
/// </summary>
internal static class PushEndpoints
{
    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/push/{feed}", VerifyIntent);
        routes.MapPost("/push/{feed}", TakePush)
            .WithMetadata(new RequestSizeLimitAttribute(JmaClient.MaximumBytes))
            .WithoutMyNumberCheck("A hub's signed copy of the agency's feed: no person types it, and its identifiers may have twelve digits.");
    }

    /// <summary>The hub asks whether we really asked. The challenge is echoed for what we did ask for, and for nothing else.</summary>
    private static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> VerifyIntent(
        string feed, HttpRequest request, AlertDbContext database, PushKey key, IOptions<JmaOptions> options, TimeProvider clock, ILogger<PushSubscriber> log, CancellationToken cancellationToken)
    {
        string Asked(string name) => request.Query["hub." + name].ToString();
        if (key.Value is not { } secret || FeedOf(feed, secret, options.Value) is not { } address || Asked("topic") != address.AbsoluteUri)
        {
            return Unknown(feed);
        }

        var row = await JmaInbox.FeedAsync(database, address, cancellationToken);
        switch (Asked("mode"))
        {
            case "subscribe" when row.PushState is PushState.Asked or PushState.Agreed && Asked("challenge") is { Length: > 0 and <= 4096 } challenge:
                row.PushState = PushState.Agreed;
                row.PushUntil = clock.GetUtcNow() + LeaseOf(Asked("lease_seconds"), options.Value);
                await database.SaveChangesAsync(cancellationToken);
                log.PushAgreed(address, row.PushUntil.Value);
                return TypedResults.Text(challenge, "text/plain", Encoding.UTF8);
            // Nothing here tells a hub's own word from another's. What is agreed lasts until its lease ends, and is asked for again anyway.
            case "denied" when row.PushState == PushState.Agreed && row.PushUntil > clock.GetUtcNow():
                log.PushRefused(address, "it denies a subscription that is agreed, which is not believed");
                return TypedResults.NoContent();
            case "denied" when row.PushState != PushState.None:
                row.PushState = PushState.Denied;
                await database.SaveChangesAsync(cancellationToken);
                log.PushRefused(address, $"the hub denied the subscription: {Asked("reason")}");
                return TypedResults.NoContent();
            default:
                // Nobody here asked for an end, or for this.
                return Unknown(feed);
        }
    }

    /// <summary>New entries of a feed. They are written down and fetched afterwards, so that the hub has its answer at once.</summary>
    private static async Task<Results<Accepted, ProblemHttpResult>> TakePush(
        string feed, HttpRequest request, JmaInbox inbox, PushKey key, IOptions<JmaOptions> options, ILogger<PushSubscriber> log, CancellationToken cancellationToken)
    {
        if (key.Value is not { } secret || FeedOf(feed, secret, options.Value) is not { } address)
        {
            return Unknown(feed);
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        if (!PushSignature.IsValid(request.Headers["X-Hub-Signature"], Encoding.UTF8.GetBytes(PushSignature.SecretOf(secret, address)), body))
        {
            log.PushRefused(address, "its signature is missing or does not fit");
            return Problem.Of(StatusCodes.Status403Forbidden, "signature-invalid", "The signature does not fit.",
                "X-Hub-Signature is missing, or not made with the secret of this subscription. Nothing was saved.");
        }

        try
        {
            await inbox.AddAsync(address, AtomFeed.Read(body), about: null, cancellationToken);
            return TypedResults.Accepted((string?)null);
        }
        catch (Exception exception) when (exception is XmlException or DecoderFallbackException)
        {
            log.PushRefused(address, exception.Message);
            return Problem.Unprocessable("feed-malformed", "This is no Atom feed.", $"{exception.Message} Nothing was saved.");
        }
    }

    // Longer than we asked for would keep us from asking in time, and shorter than we wait for an answer says nothing.
    private static TimeSpan LeaseOf(string seconds, JmaOptions options)
        => TimeSpan.FromSeconds(long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var said)
            ? Math.Clamp(said, (long)PushSubscriber.AnswerWithin.TotalSeconds, options.LeaseSeconds)
            : options.LeaseSeconds);

    private static Uri? FeedOf(string name, string key, JmaOptions options)
        => options.Feeds.FirstOrDefault(feed => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(PushSignature.NameOf(key, feed)), Encoding.UTF8.GetBytes(name)));

    private static ProblemHttpResult Unknown(string feed)
        => Problem.NotFound("unknown-subscription", "There is no such subscription.", $"'{feed}' is not a subscription that this installation asked for.");
}
