using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Net;
using SmartCity.Telemetry.NgsiLd.Answers;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>Sends notifications (clauses 5.3.1 and 5.8.6) to receivers of the open internet.</summary>
internal sealed class Notifier : IDisposable
{
    private readonly HttpClient _client;

    public Notifier(IOptions<NgsiLdOptions> options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        };
        if (!options.Value.AllowPrivateReceivers)
        {
            // By the very address that is connected to: what a name meant before says nothing (DNS rebinding).
            handler.ConnectCallback = static async (context, cancellationToken) =>
                await PublicConnections.ConnectAsync(context.DnsEndPoint, Dns.GetHostAddressesAsync, cancellationToken);
        }

        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(options.Value.NotificationTimeoutSeconds) };
    }

    /// <returns>Null when the receiver took it, else what went wrong.</returns>
    public async Task<string?> SendAsync(
        string subscriptionId, SubscriptionPlan plan, IEnumerable<JsonObject> entities, string contextUrl, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["id"] = $"urn:ngsi-ld:Notification:{Guid.CreateVersion7():N}",
            ["type"] = "Notification",
            ["subscriptionId"] = subscriptionId,
            ["notifiedAt"] = NgsiTime.Text(now),
            ["data"] = new JsonArray([.. entities]),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, plan.Endpoint);
        if (plan.Accept == NgsiAnswer.JsonLd)
        {
            NgsiAnswer.AddContext(body, contextUrl);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Link", NgsiAnswer.ContextLink(contextUrl));
        }

        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString(CityJson.Options)));
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(plan.Accept);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode}.";
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException refused)
        {
            return refused.Message;
        }
        catch (HttpRequestException exception)
        {
            return $"The receiver could not be reached: {exception.HttpRequestError}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "The receiver did not answer in time.";
        }
    }

    public void Dispose() => _client.Dispose();
}
