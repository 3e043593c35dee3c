using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SmartCity.Load.Events;

/// <summary>Publishes numbered events through a sidecar and remembers which were accepted (204).</summary>
/// <param name="senders">Requests under way at once.</param>
/// <param name="eventsPerRequest">1 publishes each event by itself, more publish in bulk.</param>
/// <param name="topics">How many topics take turns.</param>
internal sealed class EventPublisher(int senders, int eventsPerRequest, int topics) : IDisposable
{
    // A reading of about a hundred bytes, as a service would send.
    private const string Padding = "\"device\":\"river-katakai-1\",\"metric\":\"waterLevelMetres\",\"value\":3.42,\"unit\":\"m\"";

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = senders }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string[] _paths = Enumerable.Range(0, topics)
        .Select(number => $"v1.0/publish/{(eventsPerRequest == 1 ? "" : "bulk/")}pubsub/{EventApp.Topic(number)}").ToArray();

    private long _next;

    /// <summary>Numbers whose publish was answered with 204.</summary>
    public ConcurrentQueue<long> AcceptedNumbers { get; } = [];

    /// <summary>Publishes until told to stop.</summary>
    /// <param name="address">The sidecar, asked before each request.</param>
    /// <param name="ahead">Bounds how far the publisher is ahead of the subscriber, who releases one for each event; null for no bound.</param>
    public Task RunAsync(Func<Uri> address, SemaphoreSlim? ahead, CancellationToken stopping)
        => Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAllAsync(address, ahead, stopping), CancellationToken.None)));

    public void Dispose() => _http.Dispose();

    private async Task SendAllAsync(Func<Uri> address, SemaphoreSlim? ahead, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                for (var index = 0; ahead is not null && index < eventsPerRequest; index++)
                {
                    await ahead.WaitAsync(stopping);
                }

                await SendAsync(address());
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // The sidecar is dead or dying: what was not answered was not promised, and its number is never used again.
                await Task.Yield();
            }
        }
    }

    private async Task SendAsync(Uri address)
    {
        var first = Interlocked.Add(ref _next, eventsPerRequest) - eventsPerRequest;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, _paths[first / eventsPerRequest % topics])) { Content = BodyOf(first) };
        using var response = await _http.SendAsync(request, CancellationToken.None);
        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            return;
        }

        for (var index = 0; index < eventsPerRequest; index++)
        {
            AcceptedNumbers.Enqueue(first + index);
        }
    }

    private ByteArrayContent BodyOf(long first)
    {
        var body = new StringBuilder();
        if (eventsPerRequest > 1)
        {
            body.Append('[');
        }

        for (var index = 0; index < eventsPerRequest; index++)
        {
            var number = first + index;
            body.Append(index > 0 ? "," : "");
            var data = string.Create(CultureInfo.InvariantCulture, $"{{\"number\":{number},{Padding}}}");
            body.Append(eventsPerRequest == 1
                ? data
                : $"{{\"entryId\":\"{index}\",\"contentType\":\"application/json\",\"event\":{data}}}");
        }

        if (eventsPerRequest > 1)
        {
            body.Append(']');
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
