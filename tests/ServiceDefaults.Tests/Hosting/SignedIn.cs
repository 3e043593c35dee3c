using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SmartCity.ServiceDefaults.Tests.Hosting;

/// <summary>Sessions of a browser, made without the way over an issuer.</summary>
internal static class SignedIn
{
    private static readonly string[] CookieSchemes = ["staff"];

    /// <summary>The <c>Cookie</c> header of a person for every door of a service that takes cookies; empty where none does.</summary>
    public static string CookiesFor(IServiceProvider services, IEnumerable<string> roles, string town)
    {
        var schemes = services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap;
        return string.Join("; ", CookieSchemes.Where(schemes.ContainsKey).Select(scheme =>
        {
            var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
            var claims = roles.Select(role => new Claim("role", role)).Append(new Claim("sub", "everybody")).Append(new Claim("municipality", town));
            var properties = new AuthenticationProperties { ExpiresUtc = DateTimeOffset.UtcNow.AddHours(1) };
            properties.SetString("token.expires", DateTimeOffset.UtcNow.AddHours(1).ToString("o", CultureInfo.InvariantCulture));
            properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = "a token" }]);
            var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, "sub", "role")), properties, scheme);
            return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}";
        }));
    }
}
