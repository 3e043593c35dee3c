using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceDefaults.Tests.Hosting;

/// <summary>Tokens signed with a key that only the tests know.</summary>
internal static class TestTokens
{
    private static readonly SymmetricSecurityKey Key = new("a key for tests only, 32 bytes or more"u8.ToArray());

    public static string For(string subject, string[] roles, string municipality) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Audience = "smartcity",
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["role"] = roles, ["municipality"] = municipality },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });

    public static void Believe(JwtBearerOptions options)
    {
        options.TokenValidationParameters.IssuerSigningKey = Key;
        options.TokenValidationParameters.ValidateIssuer = false;
    }
}
