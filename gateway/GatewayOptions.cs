using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SmartCity.Gateway;

/// <summary>Configuration section <c>Gateway</c>.</summary>
public sealed record GatewayOptions : IValidatableObject
{
    private const int LeastKeyBytes = 32;

    /// <summary>
    /// Base address of each service by app id, several replicas separated by commas; the portal answers everything outside <c>/api</c>.
    /// </summary>
    [Required]
    public Dictionary<string, string> Services { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The development issuer and simulator, reachable below <c>/dev</c> in Development only.</summary>
    public string? Development { get; init; }

    /// <summary>Limits of all routes of a service by app id, in place of those of <see cref="Routing.PlatformRoutes"/>.</summary>
    public Dictionary<string, ServiceLimits> Limits { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Requests per second of one address (of one /64 in IPv6); 0 for no limit. Many people share one behind a carrier's NAT.</summary>
    [Range(0, 1_000_000)]
    public int AddressRequestsPerSecond { get; init; } = 500;

    /// <summary>Networks (<c>10.0.0.0/8</c>) of proxies in front of the gateway whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>How long hot open data of the platform's services is answered from memory; 0 for never.</summary>
    [Range(0, 60)]
    public double CacheSeconds { get; init; } = 1;

    /// <summary>Memory for answers.</summary>
    [Range(1, 4096)]
    public int CacheMebibytes { get; init; } = 64;

    /// <summary>
    /// Key (base64, 32 bytes or more) of the pseudonyms that third-party services see. Without it they see none. Who
    /// changes it gives every resident a new pseudonym everywhere.
    /// </summary>
    public string? PseudonymKey { get; init; }

    public AccessLogOptions AccessLog { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => AddressFaults().Concat(TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _))
                .Select(network => $"Gateway:TrustedProxies holds '{network}', which is no network such as 10.0.0.0/8."))
            .Concat(IsKey(PseudonymKey) ? [] : [$"Gateway:PseudonymKey is not base64 of at least {LeastKeyBytes} bytes."])
            .Concat(Limits.Where(limit => limit.Value is { MaximumRequestBytes: < 0 } or { TimeoutSeconds: <= 0 })
                .Select(limit => $"Gateway:Limits:{limit.Key}: MaximumRequestBytes must be 0 or more, TimeoutSeconds above 0."))
            .Select(fault => new ValidationResult(fault));

    internal static string[] AddressesOf(string addresses)
        => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private IEnumerable<string> AddressFaults()
        => Services.Append(new KeyValuePair<string, string>("development", Development ?? "http://localhost"))
            .SelectMany(service => AddressesOf(service.Value).DefaultIfEmpty("").Select(address => (service.Key, Address: address)))
            .Where(service => !Uri.TryCreate(service.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            .Select(service => $"Gateway: the address of {service.Key} is '{service.Address}', not an http(s) URL.");

    private static bool IsKey(string? key)
        => key is null || (Convert.TryFromBase64String(key, new byte[key.Length], out var length) && length >= LeastKeyBytes);
}

/// <summary>What one service takes.</summary>
public sealed record ServiceLimits
{
    public long? MaximumRequestBytes { get; init; }

    public double? TimeoutSeconds { get; init; }
}

/// <summary>Where the line of each request goes.</summary>
public sealed record AccessLogOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>A file, which is set aside once when it reaches <see cref="FileMebibytes"/>; standard output when null.</summary>
    public string? File { get; init; }

    [Range(1, 10_000)]
    public int FileMebibytes { get; init; } = 64;

    /// <summary>Lines that wait to be written; more are dropped, and the log says how many.</summary>
    [Range(16, 1_000_000)]
    public int Buffer { get; init; } = 16_384;
}
