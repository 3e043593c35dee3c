using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Whom a request calls, and with which path (Dapr docs, "Service invocation API reference").</summary>
/// <param name="AppId">The callee.</param>
/// <param name="PathAndQuery">The callee's path and query, encoded as they came.</param>
internal readonly record struct InvokeTarget(string AppId, string PathAndQuery)
{
    public const string AppIdHeader = "dapr-app-id";
    private const string Prefix = "/v1.0/invoke/";
    private const string Method = "/method";

    /// <summary>The target by header or by URL, or null when the request names none.</summary>
    public static InvokeTarget? Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // Absolute form (RFC 9112, section 3.2.2).
            target = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        }

        if (context.Request.Headers[AppIdHeader].ToString() is { Length: > 0 } appId)
        {
            return new InvokeTarget(appId, target);
        }

        if (!target.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = target[Prefix.Length..];
        var method = rest.IndexOf(Method + "/", StringComparison.Ordinal);
        if (method < 0 && (rest.EndsWith(Method, StringComparison.Ordinal) || rest.Contains(Method + "?", StringComparison.Ordinal)))
        {
            method = rest.IndexOf(Method, StringComparison.Ordinal);
        }

        return method <= 0 ? null : new InvokeTarget(Uri.UnescapeDataString(rest[..method]), rest[(method + Method.Length)..]);
    }
}
