using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// Configuration section <c>Alerts:Jma</c>. Off unless feeds are named. The agency's public feeds (https://xml.kishou.go.jp/xmlpull.html):
/// <c>https://www.data.jma.go.jp/developer/xml/feed/eqvol.xml</c> (earthquakes, tsunami, volcanoes) and <c>…/extra.xml</c> (warnings),
/// each updated every minute. Earthquake early warnings are in none of them: they come by a paid service, and then by <c>POST jma</c>.
/// </summary>
public sealed record JmaOptions : IValidatableObject
{
    public const string Section = "Alerts:Jma";

    /// <summary>Atom feeds to follow.</summary>
    public IReadOnlyList<Uri> Feeds { get; init; } = [];

    /// <summary>
    /// Feeds of the same over some days (<c>…/eqvol_l.xml</c>, <c>…/extra_l.xml</c>), read after a start and after a gap, since the short
    /// ones hold about ten minutes.
    /// </summary>
    public IReadOnlyList<Uri> LongFeeds { get; init; } = [];

    /// <summary>Whether the service itself follows them; false where something else drives it.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Hosts from which feeds and bulletins may be fetched; entries that lead elsewhere are not.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = ["www.data.jma.go.jp"];

    [Range(20, 3600)]
    public double PollSeconds { get; init; } = 60;

    [Range(1, 60)]
    public double TimeoutSeconds { get; init; } = 15;

    /// <summary>How long entries stay on the list of what was seen; longer than any feed names them.</summary>
    [Range(2, 3650)]
    public double KeepEntriesDays { get; init; } = 60;

    /// <summary>WebSub hub that tells of new entries, or null: only polling. The agency itself runs none since 2020.</summary>
    public Uri? Hub { get; init; }

    /// <summary>The address of a town's <c>…/alerts/jma/push/</c> as the hub reaches it, with its slash at the end.</summary>
    public Uri? Callback { get; init; }

    /// <summary>File with the secret of pushes; made where there is none. Without it, beside an SQLite database.</summary>
    public string? SecretFile { get; init; }

    [Range(3600, 30 * 24 * 3600)]
    public int LeaseSeconds { get; init; } = 5 * 24 * 3600;

    public bool HasPush => Hub is not null && Feeds.Count > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var feed in Feeds.Where(feed => !MayFetch(feed)))
        {
            yield return new ValidationResult($"{Section}:Feeds has '{feed}', which is not https or not on one of AllowedHosts ({string.Join(", ", AllowedHosts)}).", [nameof(Feeds)]);
        }

        foreach (var feed in LongFeeds.Where(feed => !MayFetch(feed)))
        {
            yield return new ValidationResult($"{Section}:LongFeeds has '{feed}', which is not https or not on one of AllowedHosts ({string.Join(", ", AllowedHosts)}).", [nameof(LongFeeds)]);
        }

        if (HasPush && (Callback is not { IsAbsoluteUri: true } || !Callback.AbsoluteUri.EndsWith('/')))
        {
            yield return new ValidationResult($"{Section}:Hub is set, and Callback is not an address that ends with '/'.", [nameof(Callback)]);
        }
    }

    /// <summary>https, and on an allowed host; plain http only on this machine.</summary>
    public bool MayFetch(Uri address)
        => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && AllowedHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
}
