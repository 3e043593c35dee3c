using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Realtime.Publishing;

internal static class FeedHandlers
{
    public const string Protobuf = "application/x-protobuf";

    public static Results<FileContentHttpResult, ProblemHttpResult> GetVehiclePositions(HttpContext http, FeedPublisher publisher, string? format = null)
        => Answer(http, publisher, FeedKind.VehiclePositions, format);

    public static Results<FileContentHttpResult, ProblemHttpResult> GetTripUpdates(HttpContext http, FeedPublisher publisher, string? format = null)
        => Answer(http, publisher, FeedKind.TripUpdates, format);

    public static Results<FileContentHttpResult, ProblemHttpResult> GetAlerts(HttpContext http, FeedPublisher publisher, string? format = null)
        => Answer(http, publisher, FeedKind.Alerts, format);

    private static Results<FileContentHttpResult, ProblemHttpResult> Answer(HttpContext http, FeedPublisher publisher, FeedKind kind, string? format)
    {
        if (format is not (null or "json" or "protobuf"))
        {
            return Problem.BadRequest("format-unknown", "This format is not known.", $"'{format}' is neither 'json' nor 'protobuf'; leave the parameter out for protobuf.");
        }

        var feed = publisher.Get(http.CurrentTown().Code, kind);
        var isJson = format == "json";
        http.Response.Headers.CacheControl = "public, max-age=1";
        return TypedResults.Bytes(
            isJson ? feed.Json : feed.Protobuf, isJson ? "application/json" : Protobuf,
            lastModified: feed.At, entityTag: new EntityTagHeaderValue($"\"{feed.ETag}{(isJson ? "-json" : "")}\""));
    }
}
