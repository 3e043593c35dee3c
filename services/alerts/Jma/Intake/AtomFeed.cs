using System.Globalization;
using System.Xml;
using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>An entry of an Atom feed (RFC 4287, section 4.1.2).</summary>
public sealed record AtomEntry(string Id, string Title, Uri Address, DateTimeOffset Updated);

/// <summary>Reads the agency's feeds, also as a hub pushes them.</summary>
public static class AtomFeed
{
    /// <summary>The long feeds have some thousand.</summary>
    private const int MostEntries = 20_000;

    private const int LongestText = 1000;

    /// <exception cref="XmlException">It is no Atom feed.</exception>
    public static IReadOnlyList<AtomEntry> Read(byte[] content)
    {
        var root = JmaXml.Load(content);
        if (root.Name.LocalName != "feed")
        {
            throw new XmlException($"This is no Atom feed: its root is '{root.Name.LocalName}'.");
        }

        var entries = new List<AtomEntry>();
        foreach (var entry in root.Children("entry").Take(MostEntries))
        {
            var id = entry.Text("id");
            var link = entry.Children("link").FirstOrDefault(link => link.AttributeText("rel") is "" or "alternate")?.AttributeText("href") ?? id;
            if (id.Length is > 0 and <= LongestText && Uri.TryCreate(link, UriKind.Absolute, out var address)
                && DateTimeOffset.TryParse(entry.Text("updated"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var updated))
            {
                var title = entry.Text("title");
                entries.Add(new AtomEntry(id, title.Length <= LongestText ? title : title[..LongestText], address, updated));
            }
        }

        return entries;
    }
}
