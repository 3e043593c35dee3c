using Microsoft.AspNetCore.Http;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Reads a request's body into memory and puts it back for the handler.</summary>
internal static class BodyBuffer
{
    /// <summary>
    /// The body, or null where there is none. The server ends the reading at the route's size limit with a
    /// <see cref="BadHttpRequestException"/>, so memory is bounded by that limit.
    /// </summary>
    public static async Task<ArraySegment<byte>?> TakeAsync(HttpRequest request)
    {
        if (request.ContentLength == 0)
        {
            return null;
        }

        var memory = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1024 * 1024));
        await request.Body.CopyToAsync(memory, request.HttpContext.RequestAborted);
        memory.Position = 0;
        request.Body = memory;
        return memory.Length > 0 && memory.TryGetBuffer(out var buffer) ? buffer : default(ArraySegment<byte>?);
    }
}
