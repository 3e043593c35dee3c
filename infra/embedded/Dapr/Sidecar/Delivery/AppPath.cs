namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Paths below an app's address.</summary>
internal static class AppPath
{
    /// <summary>Joins an app's address and a path that may have a query, neither losing nor doubling a slash.</summary>
    public static Uri Of(Uri address, string pathAndQuery)
        => new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + (pathAndQuery.StartsWith('/') ? "" : "/") + pathAndQuery);
}

/// <summary>Remembers the URIs that events are posted to, which are few and cost more to make than to look up.</summary>
internal sealed class AppUris
{
    private const int Most = 1024;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(Uri Address, string Path), Uri> _uris = new();

    public Uri Of(Uri address, string path)
    {
        if (_uris.TryGetValue((address, path), out var uri))
        {
            return uri;
        }

        if (_uris.Count >= Most)
        {
            _uris.Clear();
        }

        return _uris.GetOrAdd((address, path), static key => AppPath.Of(key.Address, key.Path));
    }
}
