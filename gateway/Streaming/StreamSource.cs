using System.Globalization;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Forwarding;

namespace SmartCity.Gateway.Streaming;

/// <summary>Where a shared stream comes from: a path of a service, asked for as nobody in particular.</summary>
/// <param name="call">The first that asked.</param>
/// <param name="query">What it chose.</param>
internal sealed class StreamSource(Call call, QueryString query, HttpMessageInvoker client)
{
    /// <summary>Says from where a stream goes on: everything after this id follows.</summary>
    public const string PositionHeader = "Stream-Position";

    private readonly Upstream _upstream = call.Target!.Upstream;
    private readonly PathString _path = call.Http.Request.Path;

    public string Name { get; } = call.Target!.Name;

    public string? Municipality { get; } = call.Town?.Code;

    /// <returns>The service's answer, whose body goes on; null where no replica gives such a stream now.</returns>
    /// <exception cref="HttpRequestException">The replica does not answer.</exception>
    public async Task<(HttpResponseMessage Answer, long Position)?> OpenAsync(long after, CancellationToken cancellationToken)
    {
        var tried = 0UL;
        if (_upstream.Pick(ref tried) is not { } replica)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, replica.Addresses.Of(_path, query));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        HttpResponseMessage answer;
        try
        {
            answer = await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            replica.Failed();
            throw;
        }

        replica.Succeeded();
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            && answer.Headers.TryGetValues(PositionHeader, out var values) && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return (answer, position);
        }

        answer.Dispose();
        return null;
    }
}
