using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;

namespace SmartCity.Cli.Http;

/// <summary>The platform behind its gateway. Every call has a time limit; what may safely be repeated is.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _client;
    private readonly Session _session;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeatable;
    private readonly ResiliencePipeline<HttpResponseMessage> _once;

    public Api(Uri gateway, Session session)
    {
        _session = session;
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false })
        {
            BaseAddress = gateway,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _repeatable = CallPolicies.Repeatable(session.Surroundings.Clock);
        _once = CallPolicies.Once(session.Surroundings.Clock);
    }

    public Uri Gateway => _client.BaseAddress!;

    /// <summary>Bearer token, or null for a caller who is not signed in.</summary>
    public string? Token { get; set; }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        => Read<T>(await GetTextAsync(path, "application/json", cancellationToken));

    public async Task<string> GetTextAsync(string path, string accept, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken, isRepeatable: true, accept);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken, isRepeatable: true);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>A long answer, read as it comes.</summary>
    public async Task<Stream> OpenAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken, isRepeatable: true, accept, HttpCompletionOption.ResponseHeadersRead);
        return new PatientStream(await answer.Content.ReadAsStreamAsync(cancellationToken), exception => Unreachable("unreachable.broken", exception));
    }

    /// <summary>Sends and reads the answer; null where it has no content.</summary>
    /// <exception cref="ApiRefusal">The platform said no.</exception>
    /// <param name="key">Idempotency-Key: sent again, it is done once.</param>
    public async Task<(HttpStatusCode Status, string Text)> CallAsync(
        HttpMethod method, string path, Func<HttpContent>? content, bool isRepeatable, CancellationToken cancellationToken, string accept = "application/json", string? key = null)
    {
        using var answer = await SendAsync(method, path, content, cancellationToken, isRepeatable, accept, key: key);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>An answer of any status, for checks.</summary>
    public Task<HttpResponseMessage> ProbeAsync(string path, CancellationToken cancellationToken)
        => ExecuteAsync(HttpMethod.Get, path, null, _repeatable, "application/json", cancellationToken);

    public static Func<HttpContent> JsonBody(object value)
        => () => new StringContent(JsonSerializer.Serialize(value, CityJson.Options), Encoding.UTF8, "application/json");

    public static T Read<T>(string text)
        => JsonSerializer.Deserialize<T>(text, CityJson.Options) ?? throw new JsonException("The answer is empty.");

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken, bool isRepeatable, string accept = "application/json",
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, string? key = null)
    {
        var answer = await ExecuteAsync(method, path, content, isRepeatable ? _repeatable : _once, accept, cancellationToken, completion, key);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ApiRefusal.OfAsync(answer, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> ExecuteAsync(
        HttpMethod method, string path, Func<HttpContent>? content, ResiliencePipeline<HttpResponseMessage> policy, string accept, CancellationToken cancellationToken,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, string? key = null)
    {
        try
        {
            return await policy.ExecuteAsync(async cancellation =>
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content?.Invoke() };
                request.Headers.Accept.ParseAdd(accept);
                request.Headers.AcceptLanguage.ParseAdd(_session.Words.Language);
                if (key is not null)
                {
                    request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
                }

                if (Token is { } token)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }

                return await _client.SendAsync(request, completion, cancellation);
            }, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(CallPolicies.WasNeverSent(exception) || method == HttpMethod.Get ? "unreachable" : "unreachable.unknown", exception);
        }
        catch (Polly.Timeout.TimeoutRejectedException exception)
        {
            throw Unreachable(method == HttpMethod.Get ? "unreachable.slow" : "unreachable.unknown", exception);
        }
    }

    private CommandException Unreachable(string key, Exception exception)
        => new(ExitCodes.Unreachable, _session.Words[key, Gateway, exception.Message], exception);
}
