using System.Net;
using Microsoft.Extensions.Options;
using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.Headers;

/// <summary>
/// Headers by which services, sidecars and proxies know each other are worth nothing from outside: <c>dapr-*</c>,
/// <c>x-smartcity-*</c>, <c>x-forwarded-*</c> and <c>forwarded</c> are removed before anybody reads them. Only a proxy that
/// is named as trusted is believed where it says it got the request from.
/// </summary>
internal sealed class InboundHeaders(IOptions<GatewayOptions> options)
{
    private static readonly string[] Prefixes = ["dapr-", "x-smartcity-", "x-forwarded-"];
    private readonly IPNetwork[] _trusted = options.Value.TrustedProxies.Select(IPNetwork.Parse).ToArray();

    public void Clean(Call call)
    {
        var request = call.Http.Request;
        var remote = call.Http.Connection.RemoteIpAddress;
        call.ClientAddress = remote is { IsIPv4MappedToIPv6: true } ? remote.MapToIPv4() : remote;
        List<string>? internals = null;
        foreach (var header in request.Headers)
        {
            if (IsInternal(header.Key))
            {
                (internals ??= []).Add(header.Key);
            }
        }

        if (internals is null)
        {
            return;
        }

        if (call.ClientAddress is { } peer && IsTrusted(peer))
        {
            BelieveProxy(call);
        }

        foreach (var name in internals)
        {
            request.Headers.Remove(name);
        }
    }

    public static bool IsInternal(string name)
    {
        if (name.Equals("forwarded", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTrusted(IPAddress address) => Array.Exists(_trusted, network => network.Contains(address));

    private void BelieveProxy(Call call)
    {
        var headers = call.Http.Request.Headers;
        // From the nearest on: the first address that is no trusted proxy is the client, and what it wrote itself does not count.
        var left = headers["X-Forwarded-For"].ToString().AsSpan();
        for (var comma = left.Length; comma >= 0; left = left[..Math.Max(comma, 0)])
        {
            comma = left.LastIndexOf(',');
            if (!IPAddress.TryParse(left[(comma + 1)..].Trim(), out var address))
            {
                break;
            }

            call.ClientAddress = address;
            if (!IsTrusted(address))
            {
                break;
            }
        }

        if (headers["X-Forwarded-Proto"].ToString() is ("http" or "https") and var scheme)
        {
            call.Http.Request.Scheme = scheme;
        }

        if (headers["X-Forwarded-Host"].ToString() is { Length: > 0 } host)
        {
            call.Http.Request.Host = new HostString(host);
        }
    }
}
