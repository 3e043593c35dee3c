using System.Net;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Alerts.Delivery.Channels;

/// <summary>URLs that subscribers give: requests of the town go there, so they must not lead inside its network.</summary>
internal static class ReceiverUrl
{
    private const int Longest = 2000;

    /// <exception cref="AddressFaultException">It may not be sent to.</exception>
    public static Uri Read(AddressRequest given, string field, bool allowPrivate)
    {
        var text = given.Text(field, Longest);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            throw new AddressFaultException($"'{field}' is no https URL.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            throw new AddressFaultException($"'{field}' must not hold a user name, a password or a fragment.");
        }

        if (allowPrivate)
        {
            return url;
        }

        if (url.Scheme != "https")
        {
            throw new AddressFaultException($"'{field}' must be an https URL.");
        }

        // Names are judged when they are connected to, by the address that they then have.
        var inside = url.IsLoopback ? "loopback"
            : IPAddress.TryParse(url.DnsSafeHost, out var address) ? AddressRanges.WhyNotPublic(address)
            : url.DnsSafeHost.Contains('.', StringComparison.Ordinal) ? null : "local";
        return inside is null ? url : throw new AddressFaultException($"'{field}' leads to a {inside} address, which is not of the open internet.");
    }
}
