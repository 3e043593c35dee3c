using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// Keeps one app's subscriptions current: asks until the app answers, again when it seems to have restarted, and now
/// and then.
/// </summary>
internal sealed class SubscriptionAsker(
    SidecarApp app, AppChannel channel, EventStore store, ComponentCatalog catalog, DaprDeliveryOptions options, TimeProvider clock, ILogger logger)
{
    private const int AnswerBytes = 1024 * 1024;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            app.AskNow.Close();
            app.AddressSet.Close();
            if (app.Address is not { } address)
            {
                await app.AskNow.WaitAsync(stopping);
                continue;
            }

            if (await TryAskAsync(address, failures, stopping))
            {
                failures = 0;
                await app.AskNow.WaitAsync(options.SubscribeInterval, clock, stopping);
                continue;
            }

            failures++;
            var pause = Backoff.After(failures, options.InitialProbePause, options.MaximumProbePause);
            // Not cut short by AskNow: deliveries that fail meanwhile must not turn the pauses into a busy loop.
            await app.AddressSet.WaitAsync(pause, clock, stopping);
        }
    }

    private async Task<bool> TryAskAsync(Uri address, int failures, CancellationToken stopping)
    {
        try
        {
            var (answered, faults) = await AskAsync(address, stopping);
            await ApplyAsync(answered, faults);
            if (app.Address == address)
            {
                app.Ready.Open();
            }

            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException or OperationCanceledException)
        {
            if (exception is HttpRequestException { StatusCode: null })
            {
                app.Ready.Close();
            }

            if (failures == 0)
            {
                Log.AskFailed(logger, app.AppId, exception.Message);
            }

            return false;
        }
        catch (Exception exception)
        {
            Log.AskerFailed(logger, app.AppId, exception);
            return false;
        }
    }

    private async Task<(List<Subscription> Subscriptions, List<string> Faults)> AskAsync(Uri address, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(AnswerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, AppPath.Of(address, "/dapr/subscribe"));
        using var response = await channel.SendAsync(request, limit.Token);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            // An app without the endpoint subscribes to nothing.
            return ([], []);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"/dapr/subscribe answered {(int)response.StatusCode}", inner: null, response.StatusCode);
        }

        var body = await AppChannel.ReadAsync(response.Content, AnswerBytes, limit.Token);
        return body.Length == 0 ? ([], []) : SubscriptionAnswer.Read(body, app.AppId, catalog);
    }

    private async Task ApplyAsync(List<Subscription> answered, List<string> faults)
    {
        foreach (var fault in faults)
        {
            Log.SubscriptionRefused(logger, app.AppId, fault);
        }

        var effective = DeclaredSubscriptions.Merge(answered, catalog.DeclaredFor(app.AppId));
        if (!store.SubscriptionsOf(app.AppId).SequenceEqual(effective))
        {
            Log.Subscribed(logger, app.AppId, string.Join(", ", effective.Select(s => s.Topic)));
        }

        await store.SetSubscriptionsAsync(app.AppId, effective);
    }
}
