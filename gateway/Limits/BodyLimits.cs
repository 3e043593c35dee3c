using Microsoft.AspNetCore.Http.Features;
using SmartCity.Gateway.Door;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Limits;

/// <summary>The largest request body of each route, by what the request says and by what then comes.</summary>
internal static class BodyLimits
{
    public static IResult? Check(Call call)
    {
        var request = call.Http.Request;
        if (HttpProtocol.IsHttp11(request.Protocol) && request.Headers.ContentLength is null && request.Headers.TransferEncoding.Count == 0)
        {
            // In HTTP/1.1 that means no body; asking the server's features takes longer.
            return null;
        }

        if (call.Target is null || call.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return null;
        }

        var most = call.Limits.MaximumRequestBytes;
        if (request.ContentLength > most)
        {
            return TooLarge(most);
        }

        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        return null;
    }

    public static IResult TooLarge(long maximumBytes)
        => Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.",
            $"At most {maximumBytes} bytes are taken here. Nothing was saved; send less at once.");
}
