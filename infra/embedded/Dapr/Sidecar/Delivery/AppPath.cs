namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Paths below an app's address.</summary>
internal static class AppPath
{
    /// <summary>Joins an app's address and a path that may have a query, neither losing nor doubling a slash.</summary>
    public static Uri Of(Uri address, string pathAndQuery)
        => new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + (pathAndQuery.StartsWith('/') ? "" : "/") + pathAndQuery);
}
