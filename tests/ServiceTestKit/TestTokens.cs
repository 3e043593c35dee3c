using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceTestKit;

/// <summary>Tokens signed with a key that only the tests know.</summary>
public static class TestTokens
{
    private static readonly SymmetricSecurityKey Key = new("a key for tests only, 32 bytes or more"u8.ToArray());

    /// <summary>A valid token of a person of one municipality.</summary>
    public static string For(string subject, string role, string municipality) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Audience = "smartcity",
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["role"] = role, ["municipality"] = municipality },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });

    /// <summary>Makes a service believe these tokens and no others.</summary>
    public static void Believe(JwtBearerOptions options)
    {
        options.TokenValidationParameters.IssuerSigningKey = Key;
        options.TokenValidationParameters.ValidateIssuer = false;
    }
}
