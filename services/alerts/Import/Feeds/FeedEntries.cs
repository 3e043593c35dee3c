using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>An entry of a feed that leads to a CAP message.</summary>
/// <param name="Address">Null where it leads nowhere.</param>
public sealed record FeedEntry(string Id, string Title, Uri? Address, DateTimeOffset Updated);

/// <summary>Reads Atom (RFC 4287) and RSS 2.0 feeds.</summary>
public static class FeedEntries
{
    private const int MostEntries = 2_000;
    private const int LongestText = 1000;

    /// <exception cref="XmlException">It is neither.</exception>
    public static IReadOnlyList<FeedEntry> Read(byte[] content)
    {
        var root = JmaXml.Load(content);
        return root.Name.LocalName switch
        {
            "feed" => [.. root.Children("entry").Take(MostEntries).Select(AtomEntry).OfType<FeedEntry>()],
            "rss" => [.. root.Child("channel").Children("item").Take(MostEntries).Select(RssItem).OfType<FeedEntry>()],
            var other => throw new XmlException($"This is neither an Atom nor an RSS feed: its root is '{other}'."),
        };
    }

    // The link to CAP before others: some entries also link to a page.
    private static FeedEntry? AtomEntry(XElement entry)
    {
        var links = entry.Children("link").Where(link => link.AttributeText("rel") is "" or "alternate" or "enclosure").ToList();
        var link = links.FirstOrDefault(link => link.AttributeText("type") == Cap.CapWriter.MediaType) ?? links.FirstOrDefault();
        return Of(entry.Text("id"), entry.Text("title"), link?.AttributeText("href") ?? entry.Text("id"), entry.Text("updated"));
    }

    private static FeedEntry? RssItem(XElement item)
        => Of(item.Text("guid") is { Length: > 0 } guid ? guid : item.Text("link"), item.Text("title"),
            item.Child("enclosure")?.AttributeText("url") is { Length: > 0 } enclosure ? enclosure : item.Text("link"), item.Text("pubDate"));

    // As the database keeps times: one that is finer would be a new entry at every look.
    // RFC 822 dates are what .NET reads as RFC 1123, with or without the name of the day.
    private static FeedEntry? Of(string id, string title, string link, string updated)
        => id.Length is 0 or > LongestText ? null : new FeedEntry(
            id,
            title.Length <= LongestText ? title : title[..LongestText],
            Uri.TryCreate(link, UriKind.Absolute, out var address) && link.Length <= LongestText ? address : null,
            DateTimeOffset.TryParse(updated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? UnixMicroseconds.ToTime(UnixMicroseconds.From(time)) : DateTimeOffset.UnixEpoch);
}
