using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Alerts.Delivery.Channels;

/// <summary>HTTP to receivers: connections that are kept, checked by the address that is connected to, and no redirects.</summary>
internal sealed class ReceiverClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public ReceiverClient(NameResolver resolve, IOptions<DeliveryOptions> options, TimeProvider clock)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = options.Value.RequestsPerHost,
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
        };
        if (!options.Value.AllowPrivateReceivers)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
                await PublicConnections.ConnectAsync(context.DnsEndPoint, (host, token) => resolve(host, token), cancellationToken);
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _timeout = TimeSpan.FromSeconds(options.Value.RequestTimeoutSeconds);
        _clock = clock;
    }

    /// <param name="taken">What a success of this receiver means.</param>
    public async Task<DeliveryOutcome> SendAsync(HttpRequestMessage request, DeliveryOutcome taken, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? taken : OutcomeOf(response);
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested
                ? DeliveryOutcome.NotTried("stopped", _clock.GetUtcNow()) with { MayHaveArrived = true }
                : DeliveryOutcome.Unknown("no-answer");
        }
        catch (HttpRequestException exception)
        {
            return OutcomeOf(exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private DeliveryOutcome OutcomeOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var why = string.Create(CultureInfo.InvariantCulture, $"status-{status}");
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => DeliveryOutcome.Gone,
            // Too many requests is said of the machine as a whole.
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => DeliveryOutcome.Later(why, hostIsIll: true, RetryAfter(response)),
            HttpStatusCode.RequestTimeout => DeliveryOutcome.Later(why, hostIsIll: false),
            >= HttpStatusCode.InternalServerError => DeliveryOutcome.Later(why, hostIsIll: true),
            _ => DeliveryOutcome.Refused(why),
        };
    }

    private static DeliveryOutcome OutcomeOf(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException } => DeliveryOutcome.Refused("address-inside"),
        { InnerException: AuthenticationException } or { HttpRequestError: HttpRequestError.SecureConnectionError } => DeliveryOutcome.Later("tls-failed", hostIsIll: true),
        { HttpRequestError: HttpRequestError.NameResolutionError } => DeliveryOutcome.Later("name-unknown", hostIsIll: true),
        { HttpRequestError: HttpRequestError.ConnectionError } => DeliveryOutcome.Later("not-reachable", hostIsIll: true),
        _ => DeliveryOutcome.Unknown("broken-off"),
    };

    // At most an hour: a receiver must not put its alerts off until they have expired.
    private DateTimeOffset? RetryAfter(HttpResponseMessage response)
    {
        var now = _clock.GetUtcNow();
        var latest = now.AddHours(1);
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => now + (delta < TimeSpan.FromHours(1) ? delta : TimeSpan.FromHours(1)),
            { Date: { } date } => date,
            _ => (DateTimeOffset?)null,
        };
        return asked > latest ? latest : asked;
    }
}
