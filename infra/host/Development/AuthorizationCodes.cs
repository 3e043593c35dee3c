using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.Host.Development;

/// <summary>What a client asked for when it sent somebody here to sign in (RFC 6749, 4.1.1; RFC 7636).</summary>
internal sealed record AuthorizationRequest(string ClientId, string RedirectUri, string? State, string? Nonce, string CodeChallenge);

/// <summary>Codes of the development issuer: for one client and one address, once, for a minute.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private const int MostPending = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Granted> _granted = new(StringComparer.Ordinal);

    /// <summary>A code for a person, or null while too many wait to be redeemed.</summary>
    public string? Grant(AuthorizationRequest request, DemoPerson person)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, granted) in _granted.Where(code => now - code.Value.At > Lifetime))
        {
            _granted.TryRemove(new KeyValuePair<string, Granted>(old, granted));
        }

        if (_granted.Count >= MostPending)
        {
            return null;
        }

        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(24));
        _granted[code] = new Granted(request, person, now);
        return code;
    }

    /// <summary>The person and the request of a code that is good; it is used up either way.</summary>
    public (DemoPerson Person, AuthorizationRequest Request)? Redeem(string code, string clientId, string redirectUri, string verifier)
    {
        if (!_granted.TryRemove(code, out var granted) || clock.GetUtcNow() - granted.At > Lifetime)
        {
            return null;
        }

        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
        return granted.Request.ClientId == clientId && granted.Request.RedirectUri == redirectUri
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(challenge), Encoding.UTF8.GetBytes(granted.Request.CodeChallenge))
            ? (granted.Person, granted.Request) : null;
    }

    private sealed record Granted(AuthorizationRequest Request, DemoPerson Person, DateTimeOffset At);
}
