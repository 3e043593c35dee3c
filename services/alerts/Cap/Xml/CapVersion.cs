using System.Xml;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>Tells what a document is that is not CAP 1.2.</summary>
internal static class CapVersion
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["urn:oasis:names:tc:emergency:cap:1.1"] = "CAP 1.1",
        ["http://www.incident.com/cap/1.0"] = "CAP 1.0",
        ["http://www.w3.org/2005/Atom"] = "an Atom feed; give the CAP messages that its entries link to",
        ["http://xml.kishou.go.jp/jmaxml1/"] = "a bulletin of the Japan Meteorological Agency, which is not CAP",
        ["urn:oasis:names:tc:emergency:EDXL:DE:1.0"] = "an EDXL-DE envelope; give the CAP message inside it",
    };

    public static bool IsAlert(XmlReader root, CapNotices notices)
    {
        if (root.NodeType == XmlNodeType.Element && root.LocalName == "alert" && root.NamespaceURI == CapWriter.Namespace)
        {
            return true;
        }

        var line = ((IXmlLineInfo)root).LineNumber;
        if (root.NodeType != XmlNodeType.Element)
        {
            notices.Error("not-cap", line, null, "The document is empty.");
        }
        else if (Others.TryGetValue(root.NamespaceURI, out var other))
        {
            notices.Error("version-not-supported", line, null, $"This is {other}: the namespace is {root.NamespaceURI}. CAP 1.2 is read here, namespace {CapWriter.Namespace}.");
        }
        else
        {
            notices.Error("not-cap", line, null,
                $"This is no CAP 1.2 message: its root is '{root.LocalName}' of namespace '{root.NamespaceURI}', and must be 'alert' of {CapWriter.Namespace}.");
        }

        return false;
    }
}
