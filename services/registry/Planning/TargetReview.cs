using System.Net;
using System.Net.Sockets;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Registry.Planning;

/// <summary>
/// Finds third-party targets that only an operator may approve: Dapr app ids, and hosts in private or link-local ranges,
/// behind which the platform's own insides lie (server-side request forgery, CWE-918). The gateway looks at the address
/// again at every connection, so that a name which changes later gains nothing.
/// </summary>
public sealed class TargetReview(TimeProvider clock)
{
    private static readonly TimeSpan LookUpWithin = TimeSpan.FromSeconds(2);

    /// <summary>Why the second person must be an operator, or null.</summary>
    public async Task<string?> WhyOperatorAsync(Town? before, Town after, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var service in after.ThirdPartyServices.Where(service => !IsApproved(before, service)))
        {
            if (await WhyAsync(service, cancellationToken) is { } reason)
            {
                reasons.Add($"{service.Name} {reason}.");
            }
        }

        return reasons.Count == 0 ? null : string.Join(" ", reasons);
    }

    /// <summary>The town with each service marked as an operator's approval leaves it.</summary>
    /// <param name="byOperator">Whether an operator approves now.</param>
    public async Task<Town> MarkAsync(Town? before, Town after, bool byOperator, CancellationToken cancellationToken)
    {
        var marked = new List<ThirdPartyService>();
        foreach (var service in after.ThirdPartyServices)
        {
            marked.Add(service with
            {
                PrivateTargetsApproved = IsApproved(before, service) || (byOperator && await WhyAsync(service, cancellationToken) is not null),
            });
        }

        return after with { ThirdPartyServices = marked };
    }

    /// <summary>An approval is for the targets that were seen, not for a name.</summary>
    private static bool IsApproved(Town? before, ThirdPartyService service)
        => before?.ThirdPartyServices.FirstOrDefault(known => known.Name == service.Name) is { PrivateTargetsApproved: true } old
            && old.AppId == service.AppId && old.BaseUrls.SequenceEqual(service.BaseUrls, StringComparer.Ordinal);

    private async Task<string?> WhyAsync(ThirdPartyService service, CancellationToken cancellationToken)
    {
        if (service.AppId is { Length: > 0 } appId)
        {
            return $"is called through the platform's own network, as app '{appId}'";
        }

        foreach (var host in service.BaseUrls.Select(url => new Uri(url).DnsSafeHost).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await AddressesOfAsync(host, cancellationToken) is { } addresses && Array.Find(addresses, address => !AddressRanges.IsPublic(address)) is { } address)
            {
                return $"has the target {host}, which is {address}: not a public address";
            }
        }

        return null;
    }

    // A name that can't be looked up now is not refused: it may come to life later, and the gateway looks then.
    private async Task<IPAddress[]?> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).WaitAsync(LookUpWithin, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or ArgumentException)
        {
            return null;
        }
    }
}
