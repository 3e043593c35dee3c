using System.Net;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Gateway.ThirdParty;

/// <summary>
/// Where requests to a third party may go beside the open internet: to the addresses that an operator saw and agreed to.
/// What its name comes to mean later was seen by nobody.
/// </summary>
internal sealed class TargetApproval
{
    private readonly HashSet<IPAddress> _addresses;

    // Approvals from before addresses were kept do not say which: those go on working inside private ranges.
    private readonly bool _anyPrivate;

    private TargetApproval(HashSet<IPAddress> addresses, bool anyPrivate)
    {
        _addresses = addresses;
        _anyPrivate = anyPrivate;
        Key = string.Join(',', addresses.Select(address => address.ToString()).Order(StringComparer.Ordinal)) + (anyPrivate ? ",*" : "");
    }

    /// <summary>The same for approvals that allow the same.</summary>
    public string Key { get; }

    public static TargetApproval Of(ThirdPartyService service)
    {
        if (!service.PrivateTargetsApproved)
        {
            return new TargetApproval([], anyPrivate: false);
        }

        var hosts = service.BaseUrls.Select(url => new Uri(url).DnsSafeHost).ToArray();
        return new TargetApproval(
            [.. hosts.Concat(service.ApprovedAddresses ?? []).Select(text => IPAddress.TryParse(text, out var address) ? Plain(address) : null).OfType<IPAddress>()],
            service.ApprovedAddresses is null && Array.Exists(hosts, host => !IPAddress.TryParse(host, out _)));
    }

    /// <summary>Why nothing may be sent there, such as <c>link-local</c>; or null.</summary>
    /// <param name="byName">Whether a name led there, or the address itself stands in the manifest.</param>
    public string? WhyNot(IPAddress address, bool byName)
        => AddressRanges.WhyNotPublic(address) is not { } kind ? null
            : byName && AddressRanges.IsNeverByName(address) ? kind
            : _anyPrivate || _addresses.Contains(Plain(address)) ? null
            : kind;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
