using Microsoft.AspNetCore.Http;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Refuses every write that carries an Individual Number, before any handler sees it, so that no endpoint can forget.
/// It stands behind authorization: a stranger learns 401 or 403 and nothing else.
/// </summary>
internal sealed class MyNumberGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || HttpMethods.IsOptions(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method);
        var endpoint = context.GetEndpoint();
        return isRead || endpoint is null || endpoint.Metadata.GetMetadata<MyNumberUncheckedAttribute>() is not null
            ? next(context)
            : CheckAsync(context);
    }

    private async Task CheckAsync(HttpContext context)
    {
        var found = new List<string>();
        AddressSearch.Collect(context.Request, found);
        try
        {
            if (await BodyBuffer.TakeAsync(context.Request) is { } body)
            {
                await BodySearch.CollectAsync(body, context.Request.ContentType, found);
            }
        }
        catch (BadHttpRequestException refused)
        {
            // Too large, or broken off: what came of it can't be given to the handler any more.
            await Problem.Of(refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request",
                "The request's body can't be read.", $"{refused.Message} Nothing was saved.").ExecuteAsync(context);
            return;
        }

        await (found.Count == 0 ? next(context) : MyNumberRefusal.Of(found).ExecuteAsync(context));
    }
}
