using Microsoft.Net.Http.Headers;
using SmartCity.Telemetry.OpenData;

namespace SmartCity.Telemetry.Export;

/// <summary>What a downloaded file's answer says of it: name, terms, and of when it is.</summary>
internal static class FileHeaders
{
    public static void Set(HttpContext http, string name, CsvEncoding encoding, OpenDataSettings terms, DateTimeOffset? updated)
        => Set(http, name, $"text/csv; charset={encoding.Charset}; header=present", terms, updated);

    /// <param name="updated">Time of the newest value in it, if that is known before it is written.</param>
    public static void Set(HttpContext http, string name, string mediaType, OpenDataSettings terms, DateTimeOffset? updated)
    {
        var headers = http.Response.GetTypedHeaders();
        http.Response.ContentType = mediaType;
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name };
        headers.LastModified = updated;
        if (terms.Url is { } url)
        {
            http.Response.Headers.Append(HeaderNames.Link, $"<{url}>; rel=\"license\"");
        }
    }
}
