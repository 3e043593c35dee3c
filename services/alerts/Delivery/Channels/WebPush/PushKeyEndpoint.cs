using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary><c>GET push-key</c>: what a page hands to the browser's <c>PushManager.subscribe</c>.</summary>
internal static class PushKeyEndpoint
{
    public static void MapPushKey(this IEndpointRouteBuilder routes) => routes.MapGet("/push-key", GetPushKey);

    private static Ok<PushKeyView> GetPushKey(PushKey key) => TypedResults.Ok(new PushKeyView(key.Public));
}

/// <param name="ApplicationServerKey">Base64url of the uncompressed point.</param>
public sealed record PushKeyView(string ApplicationServerKey);
