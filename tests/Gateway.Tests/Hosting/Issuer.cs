using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.Gateway.Tests.Hosting;

/// <summary>An OIDC issuer: a discovery document, keys, and tokens as the test wants them.</summary>
public sealed class Issuer : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Backend _backend = null!;

    public string Address => _backend.Address;

    /// <summary>What it was asked.</summary>
    public IReadOnlyList<Received> Requests => _backend.Requests;

    public static async Task<Issuer> StartAsync()
    {
        var issuer = new Issuer();
        issuer._backend = await Backend.StartAsync(issuer.AnswerAsync);
        return issuer;
    }

    public string TokenFor(string subject, string role, string municipality, TimeSpan? expiresAfter = null)
        => TokenOf(new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["role"] = role, ["municipality"] = municipality }, expiresAfter);

    public string TokenOf(Dictionary<string, object> claims, TimeSpan? expiresAfter = null, string audience = "smartcity")
    {
        var expires = DateTime.UtcNow + (expiresAfter ?? TimeSpan.FromHours(1));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            NotBefore = expires.AddHours(-2),
            IssuedAt = expires.AddHours(-2),
            Expires = expires,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return context.Request.Path == "/.well-known/openid-configuration"
            ? context.Response.WriteAsJsonAsync(new { issuer = Address, jwks_uri = Address + "/keys" })
            : context.Response.WriteAsJsonAsync(new
            {
                keys = new[] { new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(key.Q.X), y = Base64UrlEncoder.Encode(key.Q.Y), kid = "test", use = "sig", alg = "ES256" } },
            });
    }
}
