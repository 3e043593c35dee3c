using System.Text.Json;
using System.Threading.Channels;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>An open <c>alerts/stream</c>, read as a browser reads it.</summary>
internal sealed class AlertStream : IAsyncDisposable
{
    private readonly Channel<(string? Id, AlertView Alert)> _events = Channel.CreateUnbounded<(string?, AlertView)>();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpResponseMessage _answer;
    private readonly Task _reading;

    private AlertStream(HttpResponseMessage answer, StreamReader reader)
    {
        _answer = answer;
        _reading = ReadAsync(reader);
    }

    public static async Task<AlertStream> OpenAsync(HttpClient http, string municipality, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{municipality}/alerts/stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new AlertStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    public int Waiting => _events.Reader.Count;

    public async Task<(string? Id, AlertView Alert)> NextAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _events.Reader.ReadAsync(timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _answer.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        using (reader)
        {
            string? id = null;
            try
            {
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line.StartsWith("id:", StringComparison.Ordinal))
                    {
                        id = line[3..].Trim();
                    }
                    else if (line.StartsWith("data:", StringComparison.Ordinal))
                    {
                        _events.Writer.TryWrite((id, JsonSerializer.Deserialize<AlertView>(line[5..], CityJson.Options)!));
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                _events.Writer.TryComplete();
            }
        }
    }
}
