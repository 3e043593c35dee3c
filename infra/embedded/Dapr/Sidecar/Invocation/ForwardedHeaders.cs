using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Which headers pass through an invocation.</summary>
internal static class ForwardedHeaders
{
    // Those of one hop only (RFC 9110, section 7.6.1; Expect is answered by the sidecar's own server), and those that are
    // between an app and its own sidecar.
    private static readonly FrozenSet<string> Stopped = new[]
    {
        "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Host", InvokeTarget.AppIdHeader, AppChannel.ApiTokenHeader, "dapr-caller-app-id", "dapr-callee-app-id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Copy(IHeaderDictionary from, HttpRequestMessage to)
    {
        var named = Named(from.Connection);
        foreach (var (name, values) in from)
        {
            if (!Stopped.Contains(name) && !named.Contains(name) && !to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }

    public static void Copy(HttpResponseMessage from, IHeaderDictionary to)
    {
        var named = from.Headers.Connection.ToHashSet(StringComparer.OrdinalIgnoreCase);
        Copy(from.Headers.NonValidated, to, named);
        Copy(from.Content.Headers.NonValidated, to, named);
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to, HashSet<string> named)
    {
        foreach (var (name, values) in from)
        {
            if (!Stopped.Contains(name) && !named.Contains(name))
            {
                to.Append(name, values.ToArray());
            }
        }
    }

    // "Connection: x" makes x a header of this hop.
    private static HashSet<string> Named(Microsoft.Extensions.Primitives.StringValues connection)
        => connection.SelectMany(c => c?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
