using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Gateway.Routing;

namespace SmartCity.Gateway.OpenApi;

/// <summary>The OpenAPI documents of the services behind the gateway, asked for at most once in half a minute.</summary>
internal sealed class ServiceDocuments(PlatformTargets platform, RouteBook book, TimeProvider clock)
{
    private const int LargestDocument = 4 * 1024 * 1024;
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (JsonObject Document, long At, long Version)? _kept;

    /// <summary>One document of everything; services that do not answer are named in it. Not to be changed.</summary>
    public async Task<JsonObject> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var version = book.Current.Version;
            if (_kept is { } kept && kept.Version == version && clock.GetElapsedTime(kept.At) < KeepFor)
            {
                return kept.Document;
            }

            var targets = platform.ByAppId.Values.Where(target => target.Name != AppIds.Portal).OrderBy(target => target.Name, StringComparer.Ordinal).ToArray();
            var documents = await Task.WhenAll(targets.Select(target => ReadAsync(target, cancellationToken)));
            var document = AggregatedDocument.Of(
                targets.Select((target, place) => (target.Name, documents[place])).ToArray(),
                book.Current.ThirdParties());
            _kept = (document, clock.GetTimestamp(), version);
            return document;
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<JsonObject?> ReadAsync(Target target, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Within);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{target.Upstream.Replicas[0].Address}/openapi/{target.Name}.json");
            using var answer = await target.Upstream.Client.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            await answer.Content.LoadIntoBufferAsync(LargestDocument, limit.Token);
            return await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync(limit.Token), cancellationToken: limit.Token) as JsonObject;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A service that does not answer is named in the document; the others are there.
            return null;
        }
    }
}
