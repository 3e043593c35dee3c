using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Development;

/// <summary>
/// Signs tokens for the demo people with a key of its own (ES256), so that services check them as they check those
/// of a real OIDC issuer. It never exists outside Development.
/// </summary>
internal sealed class DevelopmentIssuer : IDisposable
{
    private const string KeyFile = "development-issuer.pem";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly ECDsa _key;
    private readonly ECDsaSecurityKey _securityKey;
    private readonly TimeProvider _clock;

    public DevelopmentIssuer(DataDirectory data, string issuer, TimeProvider clock)
    {
        Issuer = issuer;
        _clock = clock;
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(data.Combine(KeyFile)))
        {
            _key.ImportFromPem(File.ReadAllText(data.Combine(KeyFile)));
        }
        else
        {
            data.WriteSecret(KeyFile, _key.ExportPkcs8PrivateKeyPem());
        }

        _securityKey = new ECDsaSecurityKey(_key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()))[..16] };
    }

    public string Issuer { get; }

    /// <param name="municipality">Null for a person of none.</param>
    public string TokenFor(string name, string role, string? municipality)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = name, ["role"] = role };
        if (municipality is not null)
        {
            claims["municipality"] = municipality;
        }

        return Sign("smartcity", claims);
    }

    /// <summary>Tells a client who signed in (OpenID Connect Core, section 2).</summary>
    public string IdTokenFor(string name, string clientId, string? nonce)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = name };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return Sign(clientId, claims);
    }

    private string Sign(string audience, Dictionary<string, object> claims)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            NotBefore = now,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(_securityKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The public key as a JSON Web Key Set (RFC 7517).</summary>
    public object KeySet()
    {
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: false))) { KeyId = _securityKey.KeyId });
        return new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.KeyId, use = "sig", alg = SecurityAlgorithms.EcdsaSha256 } } };
    }

    public void Dispose() => _key.Dispose();
}
