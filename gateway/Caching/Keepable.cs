using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SmartCity.Gateway.Caching;

/// <summary>Which answers may be kept, and in which form (RFC 9111 for shared caches, on the strict side).</summary>
internal static class Keepable
{
    private const int LargestBody = 1024 * 1024;
    private static readonly string[] KnownVary = ["Accept", "Accept-Language", "Accept-Encoding", "Origin"];
    private static readonly string[] Forbidding = ["no-store", "private", "no-cache"];

    // Of one answer, connection or asker alone.
    private static readonly string[] NotKept =
        [HeaderNames.Date, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.Age, HeaderNames.ETag, HeaderNames.Vary];

    public static bool Is(HttpResponse response)
    {
        var headers = response.Headers;
        var type = response.ContentType ?? "";
        return response.StatusCode == StatusCodes.Status200OK
            && headers.SetCookie.Count == 0
            && !(response.ContentLength > LargestBody)
            && !type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("application/problem", StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(Forbidding, word => headers.CacheControl.ToString().Contains(word, StringComparison.OrdinalIgnoreCase))
            && headers.GetCommaSeparatedValues(HeaderNames.Vary).All(name => KnownVary.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The body, and whether that is all of it.</summary>
    public static async Task<(byte[] Body, bool Complete)> ReadAsync(Stream stream, long? length, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream((int)Math.Min(length ?? 4096, LargestBody));
        var buffer = new byte[16 * 1024];
        while (memory.Length <= LargestBody)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return (memory.ToArray(), true);
            }

            memory.Write(buffer, 0, read);
        }

        return (memory.ToArray(), false);
    }

    public static CachedAnswer Create(HttpResponse response, byte[] body, long storedAt, long until, int writes)
    {
        // A service that does not mark its answers gets a mark that says what is in them.
        var etag = response.Headers.ETag.ToString() is { Length: > 0 } given ? given : $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        return new CachedAnswer(
            body,
            etag,
            response.Headers
                .Where(header => !NotKept.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && !header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
                .ToArray(),
            storedAt, until, writes);
    }

    /// <summary>Weak comparison, as <c>If-None-Match</c> asks for (RFC 9110, section 13.1.2).</summary>
    public static bool Matches(string ifNoneMatch, string etag)
        => ifNoneMatch.Trim() == "*" || ifNoneMatch.Split(',').Any(given => Opaque(given.Trim()) == Opaque(etag));

    private static string Opaque(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;
}
