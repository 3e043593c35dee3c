using Microsoft.Net.Http.Headers;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Identity;

namespace SmartCity.Gateway.Headers;

/// <summary>
/// What a service learns about the caller. The platform's own get the request as it came and where it came from; a third
/// party gets neither token nor cookie nor address nor who is acted for, but the town, the role, and a pseudonym that only it knows.
/// </summary>
internal sealed class OutboundHeaders(Pseudonyms pseudonyms)
{
    private const string OnBehalf = "On-Behalf-Of";

    private static readonly string[] ForeignAnswerHeaders =
        [HeaderNames.SetCookie, "Clear-Site-Data", HeaderNames.StrictTransportSecurity, "Service-Worker-Allowed", "Public-Key-Pins", HeaderNames.Server];

    public void Apply(Call call, HttpRequestMessage request)
    {
        var headers = request.Headers;
        if (!call.Target!.IsThirdParty)
        {
            headers.TryAddWithoutValidation("X-Forwarded-For", call.ClientAddress?.ToString());
            headers.TryAddWithoutValidation("X-Forwarded-Proto", call.Http.Request.Scheme);
            headers.TryAddWithoutValidation("X-Forwarded-Host", call.Http.Request.Host.Value);
            return;
        }

        headers.Remove(HeaderNames.Authorization);
        headers.Remove(HeaderNames.ProxyAuthorization);
        // Grants are looked at by the platform's services alone; whoever is acted for is nobody else's business.
        headers.Remove(OnBehalf);
        headers.Remove(HeaderNames.Cookie);
        headers.Remove(HeaderNames.Referer);
        var municipality = call.Town!.Code;
        headers.TryAddWithoutValidation("x-smartcity-municipality", municipality);
        if (call.Caller is { } caller)
        {
            // Roles are those of the caller's own towns: elsewhere they say nothing.
            if (caller.BelongsTo(municipality))
            {
                headers.TryAddWithoutValidation("x-smartcity-role", string.Join(',', caller.Roles));
            }

            if (pseudonyms.Of(municipality, call.Target.Name, caller.Subject) is { } subject)
            {
                headers.TryAddWithoutValidation("x-smartcity-subject", subject);
            }
        }
    }

    /// <summary>Removes what a service must not say in our name: about our cookies, our origins, or our insides.</summary>
    public static void CleanAnswer(Call call, IHeaderDictionary headers)
    {
        headers.Remove(HeaderNames.AccessControlAllowOrigin);
        headers.Remove(HeaderNames.AccessControlAllowCredentials);
        if (!call.Target!.IsThirdParty)
        {
            return;
        }

        foreach (var name in ForeignAnswerHeaders)
        {
            headers.Remove(name);
        }

        foreach (var name in headers.Keys.Where(InboundHeaders.IsInternal).ToList())
        {
            headers.Remove(name);
        }
    }
}
