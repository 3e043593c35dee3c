using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Configuration section <c>Alerts:CapFeeds</c>: feeds of other authorities' CAP messages. Off unless feeds are named.</summary>
public sealed record CapFeedOptions : IValidatableObject
{
    public const string Section = "Alerts:CapFeeds";

    public IReadOnlyList<CapFeed> Feeds { get; init; } = [];

    /// <summary>Whether the service itself follows them; false where something else drives it.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Hosts from which feeds and messages may be fetched; entries that lead elsewhere are not.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether those hosts may lie inside a network: for a prefecture's own, and for tests.</summary>
    public bool AllowPrivateHosts { get; init; }

    [Range(20, 3600)]
    public double PollSeconds { get; init; } = 60;

    [Range(1, 60)]
    public double TimeoutSeconds { get; init; } = 15;

    /// <summary>How long entries stay on the list of what was seen; longer than any feed names them.</summary>
    [Range(2, 3650)]
    public double KeepEntriesDays { get; init; } = 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var twice in Feeds.Where(feed => feed.Address is { IsAbsoluteUri: true }).GroupBy(feed => feed.Address!.AbsoluteUri, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new ValidationResult($"{Section}:Feeds names '{twice.Key}' more than once: give it one entry with all of its Towns and Senders.", [nameof(Feeds)]);
        }

        foreach (var feed in Feeds)
        {
            if (feed.Address is not { IsAbsoluteUri: true } address || !MayFetch(address))
            {
                yield return new ValidationResult($"{Section}:Feeds has '{feed.Address}', which is not https or not on one of AllowedHosts ({string.Join(", ", AllowedHosts)}).", [nameof(Feeds)]);
            }

            if (feed.Towns.Count == 0)
            {
                yield return new ValidationResult($"{Section}:Feeds: '{feed.Address}' names no municipality in Towns, so nobody would be told.", [nameof(Feeds)]);
            }
        }
    }

    /// <summary>https, and on an allowed host; plain http only on this machine.</summary>
    public bool MayFetch(Uri address)
        => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && AllowedHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A feed, Atom or RSS 2.0, whose entries lead to CAP messages.</summary>
public sealed record CapFeed
{
    public Uri? Address { get; init; }

    /// <summary>Codes of the municipalities whose residents see what it brings.</summary>
    public IReadOnlyList<string> Towns { get; init; } = [];

    /// <summary>CAP senders that are taken from it; none: all.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];
}
