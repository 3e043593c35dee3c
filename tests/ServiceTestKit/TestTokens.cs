using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceTestKit;

/// <summary>Tokens signed with a key that only the tests know.</summary>
public static class TestTokens
{
    private const string Issuer = "https://issuer.example";
    private static readonly SymmetricSecurityKey Key = new("a key for tests only, 32 bytes or more"u8.ToArray());
    private static readonly SymmetricSecurityKey OtherKey = new("another key that nobody believes, 32 bytes"u8.ToArray());

    /// <summary>A valid token of a person of one municipality, or of none.</summary>
    public static string For(string subject, string role, string? municipality) => For(subject, [role], municipality);

    /// <summary>A valid token of a person with several roles.</summary>
    public static string For(string subject, string[] roles, string? municipality) => New(subject, roles, municipality, Issuer, Key, TimeSpan.FromHours(1));

    /// <summary>A valid token of somebody with several municipalities, at home in the first.</summary>
    public static string ForTowns(string subject, string role, params string[] municipalities) => New(subject, [role], municipalities, Issuer, Key, TimeSpan.FromHours(1));

    /// <summary>A token that was valid until an hour ago.</summary>
    public static string Expired(string subject, string role, string? municipality) => New(subject, [role], municipality, Issuer, Key, TimeSpan.FromHours(-1));

    /// <summary>A token of somebody else's issuer, signed with its key.</summary>
    public static string OfOtherIssuer(string subject, string role, string? municipality)
        => New(subject, [role], municipality, "https://stranger.example", OtherKey, TimeSpan.FromHours(1));

    /// <summary>Makes a service believe these tokens and no others.</summary>
    public static void Believe(JwtBearerOptions options)
    {
        options.TokenValidationParameters.IssuerSigningKey = Key;
        options.TokenValidationParameters.ValidIssuer = Issuer;
    }

    private static string New(string subject, string[] roles, object? municipality, string issuer, SecurityKey key, TimeSpan expiresIn)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["role"] = roles.Length == 1 ? roles[0] : roles };
        if (municipality is not null)
        {
            claims["municipality"] = municipality;
        }

        var expires = DateTime.UtcNow + expiresIn;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = "smartcity",
            NotBefore = expires.AddHours(-2),
            Expires = expires,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
