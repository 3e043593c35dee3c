using System.Net.ServerSentEvents;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Telemetry.Tests.Streaming;

/// <summary>One reading as the stream gives it.</summary>
internal sealed record StreamedReading(string Device, string Metric, DateTimeOffset T, double Value);

/// <summary>A browser's EventSource on the stream of readings.</summary>
internal sealed class ReadingStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly Queue<StreamedReading> _readings = new();

    private ReadingStream(HttpResponseMessage response, Stream body)
    {
        Response = response;
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response { get; }

    public static async Task<ReadingStream> OpenAsync(TelemetryApp app, string query = "", string town = TelemetryApp.Town)
    {
        var response = await app.Http.GetAsync(new Uri($"/api/{town}/telemetry/stream{query}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        response.EnsureSuccessStatusCode();
        return new ReadingStream(response, await response.Content.ReadAsStreamAsync());
    }

    public async Task<StreamedReading> NextAsync()
    {
        while (_readings.Count == 0)
        {
            (await _events.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue("the stream ended");
            _events.Current.EventType.ShouldBe("reading");
            foreach (var reading in JsonSerializer.Deserialize<StreamedReading[]>(_events.Current.Data, CityJson.Options)!)
            {
                _readings.Enqueue(reading);
            }
        }

        return _readings.Dequeue();
    }

    /// <summary>Whether the service ends the stream, with nothing before.</summary>
    public async Task<bool> EndsAsync() => !await _events.MoveNextAsync().AsTask().WaitAsync(Patience);

    public void Dispose() => Response.Dispose();
}
