using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>The staff's session: a protected cookie with the person's claims and their own access token, renewed while it is used.</summary>
internal static class StaffSession
{
    private const string AccessToken = "access_token";
    private const string TokenExpires = "token.expires";

    public static void Configure(CookieAuthenticationOptions cookie, CookieSecurePolicy secure)
    {
        cookie.Cookie.Name = "sc-staff";
        cookie.Cookie.HttpOnly = true;
        // Lax, not Strict: the way back from the issuer is a navigation from another site.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = secure;
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context => AskToSignInAsync(context.HttpContext);
        cookie.Events.OnValidatePrincipal = EndWithTokenAsync;
    }

    public static Task BeginAsync(HttpContext http, ClaimsIdentity claims, string accessToken, DateTimeOffset expires)
    {
        var identity = new ClaimsIdentity(
            claims.Claims.Where(claim => claim.Type is CityClaims.Subject or CityClaims.Role or CityClaims.Municipality).Select(claim => new Claim(claim.Type, claim.Value)),
            StaffDoor.Scheme, CityClaims.Subject, CityClaims.Role);
        var properties = new AuthenticationProperties { IsPersistent = false };
        properties.StoreTokens([new AuthenticationToken { Name = AccessToken, Value = accessToken }]);
        properties.SetString(TokenExpires, expires.ToString("o", CultureInfo.InvariantCulture));
        return http.SignInAsync(StaffDoor.Scheme, new ClaimsPrincipal(identity), properties);
    }

    public static async Task<string> AccessTokenAsync(this HttpContext http)
        => await http.GetTokenAsync(StaffDoor.Scheme, AccessToken)
            ?? throw new InvalidOperationException("The staff door let a session without an access token pass.");

    // A form that comes after the session's end was not done, and its answer may not lead to another site (form-action).
    private static Task AskToSignInAsync(HttpContext http)
    {
        var signIn = SignInEndpoints.UrlFor(http);
        if (HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Redirect(signIn);
            return Task.CompletedTask;
        }

        return StaffMessage.Of(http, StatusCodes.Status401Unauthorized, "staff.expired.title", ["staff.expired.what", "staff.expired.do"], signIn, "staff.signIn.again")
            .ExecuteAsync(http);
    }

    // A session that outlives its token could only show errors.
    private static async Task EndWithTokenAsync(CookieValidatePrincipalContext context)
    {
        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        if (!DateTimeOffset.TryParse(context.Properties.GetString(TokenExpires), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var expires)
            || clock.GetUtcNow() >= expires)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(StaffDoor.Scheme);
        }
    }
}
