using Microsoft.Extensions.Primitives;
using SmartCity.Contracts;
using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.Headers;

/// <summary>Headers that keep pages from being framed, sniffed or fed with foreign scripts (OWASP Secure Headers).</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues Page =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private static readonly StringValues Data = "default-src 'none'; frame-ancestors 'none'";

    // A page of a third party lives at our origin: in a sandbox it can neither run scripts there nor use its cookies.
    private static readonly StringValues Foreign = "default-src 'none'; frame-ancestors 'none'; sandbox";

    // A page that brings its own style sheet, and allows that one alone by its hash, may say so itself: it is stricter than either of ours where it matters.
    private const string Stricter = "default-src 'none'; style-src 'sha256-";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Referrer = "strict-origin-when-cross-origin";
    private static readonly StringValues Permissions = "camera=(), microphone=(), payment=()";
    private static readonly StringValues SameOrigin = "same-origin";

    public static void Apply(Call call)
    {
        var headers = call.Http.Response.Headers;
        var said = headers.ContentSecurityPolicy;
        ApplyOurs(call, headers);
        if (call.Target is { IsThirdParty: false } && said.Count == 1 && said[0]!.StartsWith(Stricter, StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = said;
        }
    }

    private static void ApplyOurs(Call call, IHeaderDictionary headers)
    {
        if (call.Target is null || call.Target.Name is AppIds.Portal)
        {
            ApplyToPage(headers);
            return;
        }

        headers.ContentSecurityPolicy = call.Target.IsThirdParty ? Foreign : Data;
        headers.XContentTypeOptions = NoSniff;
    }

    public static void ApplyToPage(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Page;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = Referrer;
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
    }
}
