using System.Net;
using System.Net.Sockets;

namespace SmartCity.ServiceDefaults.Net;

/// <summary>
/// Which addresses are of the open internet. Everything else (loopback, private, link-local, carrier-grade NAT,
/// unique-local, multicast, documentation, reserved …) leads inside somebody's network, where a town's own words must
/// not send requests (RFC 6890 and the IANA special-purpose address registries).
/// </summary>
public static class AddressRanges
{
    private static readonly (IPNetwork Range, string Name)[] Inside =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("fc00::/7"), "unique-local"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "local translation"),
        (IPNetwork.Parse("100::/64"), "discard"),
        (IPNetwork.Parse("2001::/23"), "protocol assignments"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
        (IPNetwork.Parse("5f00::/16"), "segment routing"),
    ];

    // IPv6 addresses that carry an IPv4 address are judged by that one: its place in them, in bytes.
    private static readonly (IPNetwork Range, int Start)[] Carriers =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>
    /// Whether no name may lead there, whoever agreed: to this machine itself, and to what a cloud answers to its machines
    /// alone (169.254.169.254). Who means such a place writes its address.
    /// </summary>
    public static bool IsNeverByName(IPAddress address) => WhyNotPublic(address) is "loopback" or "link-local" or "this network" or "unspecified";

    public static bool IsPublic(IPAddress address) => WhyNotPublic(address) is null;

    /// <summary>What kind of address it is, such as <c>link-local</c>; null for one of the open internet.</summary>
    public static string? WhyNotPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return WhyNotPublic(address.MapToIPv4());
        }

        foreach (var (range, name) in Inside)
        {
            if (range.Contains(address))
            {
                return name;
            }
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        foreach (var (range, start) in Carriers)
        {
            if (range.Contains(address))
            {
                return WhyNotPublic(new IPAddress(address.GetAddressBytes().AsSpan(start, 4)));
            }
        }

        return Global.Contains(address) || Translated.Contains(address) ? null : "reserved";
    }
}
