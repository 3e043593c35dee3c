using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Asks the hub for pushes (WebSub, section 5), and again before the lease ends. Polling goes on beside: a push is only faster.</summary>
public sealed class PushSubscriber(
    IHttpClientFactory clients, PushKey key, IServiceScopeFactory scopes, IOptions<JmaOptions> options, TimeProvider clock, ILogger<PushSubscriber> log)
{
    /// <summary>A hub that has not verified by then is asked again.</summary>
    internal static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);

    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (key.Value is not { } secret)
        {
            if (options.Value.HasPush)
            {
                log.PushNotAsked(options.Value.Feeds[0], $"there is no place for its secret; set {JmaOptions.Section}:SecretFile");
            }

            return;
        }

        foreach (var feed in options.Value.Feeds)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
            var row = await JmaInbox.FeedAsync(database, feed, cancellationToken);
            if (!IsDue(row))
            {
                continue;
            }

            // Before the request: the hub may verify before it answers.
            row.PushState = row.PushState == PushState.Agreed ? PushState.Agreed : PushState.Asked;
            row.PushAskedAt = clock.GetUtcNow();
            await database.SaveChangesAsync(cancellationToken);
            await AskAsync(feed, secret, cancellationToken);
        }
    }

    private bool IsDue(FeedRow row)
    {
        var now = clock.GetUtcNow();
        var isWaiting = row.PushAskedAt is { } asked && now < asked + AnswerWithin;
        var isAgreed = row.PushState == PushState.Agreed && row is { PushUntil: { } until, PushAskedAt: { } since } && until - ((until - since) / 4) > now;
        return !isWaiting && !isAgreed;
    }

    private async Task AskAsync(Uri feed, string secret, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hub.mode"] = "subscribe",
            ["hub.topic"] = feed.AbsoluteUri,
            ["hub.callback"] = new Uri(options.Value.Callback!, PushSignature.NameOf(secret, feed)).AbsoluteUri,
            ["hub.secret"] = PushSignature.SecretOf(secret, feed),
            ["hub.lease_seconds"] = options.Value.LeaseSeconds.ToString(CultureInfo.InvariantCulture),
        });
        try
        {
            using var client = clients.CreateClient(JmaClient.Name);
            using var response = await client.PostAsync(options.Value.Hub, form, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.NoContent or HttpStatusCode.OK))
            {
                log.PushNotAsked(feed, $"the hub answered {(int)response.StatusCode}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            log.PushNotAsked(feed, exception.Message);
        }
    }
}
