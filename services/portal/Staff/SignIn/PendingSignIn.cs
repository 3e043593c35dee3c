using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>A sign-in that has begun in this browser and has not come back from the issuer.</summary>
/// <param name="State">Ties the way back to this browser (RFC 6749, 10.12).</param>
/// <param name="Nonce">Ties the id token to this sign-in (OpenID Connect Core, 3.1.2.1).</param>
/// <param name="Verifier">Proves that who redeems the code also asked for it (RFC 7636).</param>
/// <param name="ReturnPath">Where the person wanted to go, inside the staff's pages.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string ReturnPath, DateTimeOffset BegunAt)
{
    public static PendingSignIn Begin(string returnPath, DateTimeOffset now) => new(Random(), Random(), Random(), returnPath, now);

    /// <summary>The verifier's SHA-256, which may travel openly.</summary>
    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Keeps a pending sign-in in a cookie that only the portal can read, for ten minutes.</summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider clock)
{
    private const string Name = "sc-signin";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("SmartCity.Portal.SignIn");

    public void Keep(HttpContext http, PendingSignIn pending)
        => http.Response.Cookies.Append(Name, _protector.Protect(JsonSerializer.Serialize(pending)), Options(http, Lifetime));

    /// <summary>The pending sign-in that this answer belongs to, which is over with this; null for an answer nobody here asked for.</summary>
    public PendingSignIn? Take(HttpContext http, string? state)
    {
        if (http.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        http.Response.Cookies.Delete(Name, Options(http, TimeSpan.Zero));
        try
        {
            var pending = JsonSerializer.Deserialize<PendingSignIn>(_protector.Unprotect(cookie))!;
            var isOurs = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(pending.State), System.Text.Encoding.UTF8.GetBytes(state ?? ""));
            return isOurs && clock.GetUtcNow() - pending.BegunAt < Lifetime ? pending : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            // Of another key or made up: the same as none.
            return null;
        }
    }

    private CookieOptions Options(HttpContext http, TimeSpan lifetime) => new()
    {
        Path = SignInEndpoints.CallbackPath,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps || !environment.IsDevelopment(),
        MaxAge = lifetime,
        IsEssential = true,
    };
}
