using System.Net;
using System.Net.Sockets;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Registry.Planning;

/// <summary>
/// Finds third-party targets that only an operator may approve: Dapr app ids, and hosts in private or link-local ranges,
/// behind which the platform's own insides lie (server-side request forgery, CWE-918). The gateway looks at the address
/// again at every connection, so that a name which changes later gains nothing.
/// </summary>
public sealed class TargetReview(NameResolver resolve, TimeProvider clock)
{
    private static readonly TimeSpan LookUpWithin = TimeSpan.FromSeconds(2);

    /// <summary>Why the second person must be an operator, and what they would agree to.</summary>
    public async Task<TargetFindings> ReviewAsync(Town? before, Town after, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        var targets = new List<PrivateTarget>();
        foreach (var service in after.ThirdPartyServices.Where(service => ApprovalOf(before, service) is null))
        {
            if (service.AppId is { Length: > 0 } appId)
            {
                reasons.Add($"{service.Name} is called through the platform's own network, as app '{appId}'.");
                continue;
            }

            foreach (var host in HostsOf(service))
            {
                var inside = Array.FindAll(await AddressesOfAsync(host, cancellationToken), address => !AddressRanges.IsPublic(address));
                if (inside.Length == 0)
                {
                    continue;
                }

                var isName = !IPAddress.TryParse(host, out _);
                var never = Array.FindAll(inside, address => isName && AddressRanges.IsNeverByName(address));
                reasons.Add($"{service.Name} has the target {host}, which is {string.Join(", ", inside.AsEnumerable())}: not a public address."
                    + (never.Length == 0 ? "" : $" Requests never go to {string.Join(", ", never.AsEnumerable())} by a name, whoever approves: write the address itself."));
                targets.Add(new PrivateTarget(service.Name, host, [.. inside.Except(never).Select(address => address.ToString()).Order(StringComparer.Ordinal)]));
            }
        }

        return new TargetFindings(reasons.Count == 0 ? null : string.Join(" ", reasons), targets);
    }

    /// <summary>The town with each service marked as an approval leaves it.</summary>
    /// <param name="agreed">The plan that an operator approves now, or null.</param>
    public static Town Mark(Town? before, Town after, Plan? agreed) => after with
    {
        ThirdPartyServices =
        [
            .. after.ThirdPartyServices.Select(service => (ApprovalOf(before, service) ?? ApprovalBy(agreed, service)) is { } approval
                ? service with { PrivateTargetsApproved = true, ApprovedAddresses = approval.Addresses }
                : service with { PrivateTargetsApproved = false, ApprovedAddresses = null }),
        ],
    };

    /// <summary>
    /// An approval is for the targets that were seen, not for a name. One from before addresses were kept says nothing of
    /// what a name meant: it is asked for anew with the town's next change.
    /// </summary>
    private static Approval? ApprovalOf(Town? before, ThirdPartyService service)
        => before?.ThirdPartyServices.FirstOrDefault(known => known.Name == service.Name) is { PrivateTargetsApproved: true } old
            && old.AppId == service.AppId && old.BaseUrls.SequenceEqual(service.BaseUrls, StringComparer.Ordinal)
            && (old.ApprovedAddresses is not null || HostsOf(old).All(host => IPAddress.TryParse(host, out _)))
                ? new Approval(old.ApprovedAddresses)
                : null;

    private static Approval? ApprovalBy(Plan? agreed, ThirdPartyService service)
    {
        if (agreed?.OperatorNeeded is null)
        {
            return null;
        }

        if (service.AppId is { Length: > 0 })
        {
            return new Approval(null);
        }

        var addresses = agreed.PrivateTargets.Where(target => target.Service == service.Name).SelectMany(target => target.Addresses)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return addresses.Count == 0 ? null : new Approval(addresses);
    }

    private static IEnumerable<string> HostsOf(ThirdPartyService service)
        => service.BaseUrls.Select(url => new Uri(url).DnsSafeHost).Distinct(StringComparer.OrdinalIgnoreCase);

    // A name that can't be looked up now is not refused: it may come to life later, and the gateway looks then.
    private async Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await resolve(host, cancellationToken).WaitAsync(LookUpWithin, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or ArgumentException)
        {
            return [];
        }
    }

    private sealed record Approval(IReadOnlyList<string>? Addresses);
}

/// <param name="OperatorNeeded">Null where nobody in particular is needed.</param>
/// <param name="Targets">Outside the open internet.</param>
public sealed record TargetFindings(string? OperatorNeeded, IReadOnlyList<PrivateTarget> Targets);
