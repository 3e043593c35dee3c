namespace SmartCity.Portal.StaticFiles;

internal static class AssetEndpoint
{
    public static IResult Get(string name, AssetFiles assets, HttpContext context)
    {
        if (assets.Find(name, out var isCurrent) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(asset.Content, asset.MediaType);
    }
}
