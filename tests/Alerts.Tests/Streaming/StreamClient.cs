using System.Net.ServerSentEvents;
using System.Text.Json;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Streaming;

/// <summary>A browser's EventSource: reads server-sent events and remembers the last id.</summary>
public sealed class StreamClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly SseParser<string> _parser;

    private StreamClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _events = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    public string LastEventId => _parser.LastEventId;

    public HttpResponseMessage Response => _response;

    public static async Task<StreamClient> OpenAsync(AlertsApp app, string? lastEventId = null, string municipality = TestTown.Uozu)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AlertsApp.Town("stream", municipality));
        if (!string.IsNullOrEmpty(lastEventId))
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(AlertsApp.Patience);
        response.EnsureSuccessStatusCode();
        return new StreamClient(response, await response.Content.ReadAsStreamAsync());
    }

    public async Task<AlertView> NextAsync()
    {
        (await _events.MoveNextAsync().AsTask().WaitAsync(AlertsApp.Patience)).ShouldBeTrue("the stream ended");
        _events.Current.EventType.ShouldBe("alert");
        return JsonSerializer.Deserialize<AlertView>(_events.Current.Data, CityJson.Options)!;
    }

    /// <summary>Reads so many messages: by then every stream of this service has been given them.</summary>
    public async Task NextAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await NextAsync();
        }
    }

    /// <summary>Reads to the end, which the service must have made.</summary>
    public async Task ReadToEndAsync()
    {
        while (await _events.MoveNextAsync().AsTask().WaitAsync(AlertsApp.Patience))
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
