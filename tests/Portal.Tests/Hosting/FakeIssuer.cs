using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>An OIDC issuer that knows one person at a time and asks for nothing.</summary>
public sealed class FakeIssuer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _challenge = "";
    private string _nonce = "";

    public string Person { get; set; } = "officer-1";

    public string Role { get; set; } = "officer";

    public string Municipality { get; set; } = "172022";

    /// <summary>What an attacker would put into the id token; null for what was asked.</summary>
    public string? OtherNonce { get; set; }

    public string? OtherAudience { get; set; }

    /// <summary>How the portal proved who it is when it redeemed the code.</summary>
    public string? ClientProof { get; private set; }

    public void Map(WebApplication app)
    {
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = Address(request),
            ["jwks_uri"] = Address(request) + "/jwks",
            ["authorization_endpoint"] = Address(request) + "/authorize",
            ["token_endpoint"] = Address(request) + "/token",
        });
        app.MapGet("/jwks", KeySet);
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", RedeemAsync);
    }

    public void Dispose() => _key.Dispose();

    private IResult Authorize(HttpRequest request)
    {
        _challenge = request.Query["code_challenge"].ToString();
        _nonce = request.Query["nonce"].ToString();
        return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"].ToString(), new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["code"] = "the-code",
            ["state"] = request.Query["state"],
        }));
    }

    private async Task<IResult> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        ClientProof = request.Headers.Authorization.ToString();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return form["code"] == "the-code" && challenge == _challenge
            ? Results.Ok(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["access_token"] = Sign(request, "smartcity", ("sub", Person), ("role", Role), ("municipality", Municipality)),
                ["id_token"] = Sign(request, OtherAudience ?? "smartcity-portal", ("sub", Person), ("nonce", OtherNonce ?? _nonce)),
                ["token_type"] = "Bearer",
            })
            : Results.BadRequest(new { error = "invalid_grant" });
    }

    private string Sign(HttpRequest request, string audience, params (string Type, object Value)[] claims)
        => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address(request),
            Audience = audience,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = claims.ToDictionary(claim => claim.Type, claim => claim.Value),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256),
        });

    private object KeySet()
    {
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: false))) { KeyId = "one" });
        return new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.KeyId, use = "sig", alg = SecurityAlgorithms.EcdsaSha256 } } };
    }

    private static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
