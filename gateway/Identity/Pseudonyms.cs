using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SmartCity.Gateway.Identity;

/// <summary>
/// What a third-party service may call a resident: always the same for one service of one town, and unlike what any other
/// service sees, so that two of them cannot put their records together.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly byte[]? _key;

    public Pseudonyms(IOptions<GatewayOptions> options, ILogger<Pseudonyms> log)
    {
        _key = options.Value.PseudonymKey is { } key ? Convert.FromBase64String(key) : null;
        if (_key is null)
        {
            log.NoPseudonyms();
        }
    }

    /// <summary>Null when no key is configured.</summary>
    public string? Of(string municipality, string service, string subject)
        // A municipality is six digits and a service has no line break, so no two cases read the same.
        => _key is null ? null : Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{municipality}\n{service}\n{subject}")));
}
