using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>
/// The key by which push services know this installation (VAPID, RFC 8292). Browsers bind their subscriptions to it: with
/// another key they all have to subscribe anew.
/// </summary>
internal sealed class PushKey : IDisposable
{
    private const string DefaultFile = "push-key.pem";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<(string Origin, string Contact), (string Header, DateTimeOffset Until)> _headers = new();
    private readonly Lock _signing = new();
    private readonly TimeProvider _clock;

    public PushKey(IOptions<DeliveryOptions> options, DatabaseKind database, IHostEnvironment environment, TimeProvider clock)
    {
        _clock = clock;
        if ((options.Value.PushKeyFile ?? SecretFile.BesideOf(database, DefaultFile)) is { } file)
        {
            _key.ImportFromPem(SecretFile.ReadOrMake(file, _key.ExportPkcs8PrivateKeyPem));
        }
        else if (environment.IsProduction())
        {
            throw new InvalidOperationException(
                "Delivery:PushKeyFile is not set: name the PEM file of the key by which push services know this installation (ECDSA P-256); without it browsers would have to subscribe anew after each start.");
        }

        Public = Base64Url.EncodeToString(PushEncryption.Point(_key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>As browsers take it for <c>applicationServerKey</c>: base64url of the uncompressed point.</summary>
    public string Public { get; }

    /// <summary>Value of <c>Authorization</c> towards a push service, signed anew twice a day.</summary>
    /// <param name="contact"><c>mailto:</c> or <c>https:</c>.</param>
    public string AuthorizationFor(Uri endpoint, string contact)
    {
        var origin = endpoint.GetLeftPart(UriPartial.Authority);
        var now = _clock.GetUtcNow();
        if (_headers.TryGetValue((origin, contact), out var known) && known.Until > now)
        {
            return known.Header;
        }

        if (_headers.Count > 10_000)
        {
            _headers.Clear();
        }

        var header = $"vapid t={Sign(origin, contact, now + Lifetime)}, k={Public}";
        _headers[(origin, contact)] = (header, now + Lifetime - Margin);
        return header;
    }

    public void Dispose() => _key.Dispose();

    // A JSON Web Token by ES256 (RFC 7518 section 3.4).
    private string Sign(string origin, string contact, DateTimeOffset expires)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = origin, exp = expires.ToUnixTimeSeconds(), sub = contact }));
        lock (_signing)
        {
            return $"{head}.{claims}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256))}";
        }
    }
}
