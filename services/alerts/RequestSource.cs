using System.Net;
using System.Net.Sockets;

namespace SmartCity.Alerts;

/// <summary>Where a request comes from, as far as limits care.</summary>
internal static class RequestSource
{
    /// <summary>
    /// The address that the gateway saw, or the connection's own. It is the first of <c>X-Forwarded-For</c>: the gateway drops what
    /// clients say there, and sidecars on the way inside add theirs behind. Of an IPv6 address its network, since one household has all the addresses of a /64.
    /// </summary>
    public static string Of(HttpContext http)
    {
        var first = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0].Trim();
        var address = IPAddress.TryParse(first, out var forwarded) ? forwarded : http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(Network(address), 64).ToString() : address.ToString();
    }

    private static IPAddress Network(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
