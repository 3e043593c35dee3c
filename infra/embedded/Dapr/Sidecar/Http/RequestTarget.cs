using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Takes a request's path and query apart.</summary>
internal static class RequestTarget
{
    private const string MetadataPrefix = "metadata.";

    /// <summary>
    /// The path's segments behind a prefix, each decoded once: an encoded slash belongs to its segment, which the
    /// server's own path no longer shows.
    /// </summary>
    public static string[] SegmentsAfter(HttpContext context, string prefix)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            // Absolute form, or a prefix that is itself encoded.
            path = context.Request.Path.ToUriComponent();
        }

        return path.StartsWith(prefix, StringComparison.Ordinal) ? [.. path[prefix.Length..].Split('/').Select(Uri.UnescapeDataString)] : [];
    }

    /// <summary>The metadata in the query string: <c>?metadata.ttlInSeconds=60</c>.</summary>
    public static IEnumerable<(string Name, StringValues Values)> QueryMetadata(HttpContext context) => context.Request.Query
        .Where(q => q.Key.StartsWith(MetadataPrefix, StringComparison.Ordinal))
        .Select(q => (q.Key[MetadataPrefix.Length..], q.Value));

    /// <summary>The metadata in the query string after those given; names are case-insensitive.</summary>
    public static Dictionary<string, string> MetadataOf(HttpContext context, IEnumerable<KeyValuePair<string, string>>? given = null)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in given ?? [])
        {
            metadata[name] = value;
        }

        foreach (var (name, values) in QueryMetadata(context))
        {
            metadata[name] = values[0] ?? "";
        }

        return metadata;
    }
}
