using Microsoft.AspNetCore.Connections.Features;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Identity;

/// <summary>
/// The caller whose token the last request of a connection carried. A client sends the same header again and again, and
/// the server then gives the very same string, so that a token need not be hashed to be found for each request.
/// </summary>
internal static class ConnectionCaller
{
    private static readonly object Key = new();

    /// <returns>Null when the header is another one, or the token has to be checked again.</returns>
    public static CityCaller? Find(HttpContext http, string header, DateTimeOffset now)
        => ItemsOf(http) is { } items && items.TryGetValue(Key, out var value) && value is Entry entry
            && ReferenceEquals(entry.Header, header) && now < entry.Token.Until
                ? entry.Token.Caller
                : null;

    public static void Keep(HttpContext http, string header, CheckedToken token)
    {
        if (ItemsOf(http) is { } items)
        {
            items[Key] = new Entry(header, token);
        }
    }

    // Requests of one HTTP/2 connection come at the same time, for which its items are not made.
    private static IDictionary<object, object?>? ItemsOf(HttpContext http)
        => HttpProtocol.IsHttp11(http.Request.Protocol) ? http.Features.Get<IConnectionItemsFeature>()?.Items : null;

    private sealed record Entry(string Header, CheckedToken Token);
}
