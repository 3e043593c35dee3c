using System.Xml;
using SmartCity.Alerts.Cap.Rules;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>
/// Reads untrusted XML into nodes: no DTD, so no entity but XML's own five; no resolver, so nothing is ever fetched; depth,
/// elements and characters are bounded.
/// </summary>
internal static class CapTree
{
    public const string SignatureNamespace = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>An area's geocode value is on the fifth level.</summary>
    private const int DeepestLevel = 8;

    private const int MostElements = 100_000;

    /// <summary>Of what is not CAP's own, such as a signature with its certificates.</summary>
    private const int DeepestForeign = 16;

    private const int MostAttributes = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = CapReader.MaximumBytes,
    };

    /// <returns>The root, or null where the document cannot be read as CAP; <paramref name="notices"/> then say why.</returns>
    public static CapNode? Read(string text, CapNotices notices, Dictionary<string, int> lines)
    {
        // A mark that was decoded with the text is none of it.
        using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), Settings);
        try
        {
            return Read(reader, notices, lines);
        }
        catch (XmlException fault)
        {
            var code = text.Contains("<!DOCTYPE", StringComparison.Ordinal) ? "dtd-refused" : "not-well-formed";
            notices.Error(code, fault.LineNumber, fault.LinePosition, code == "dtd-refused"
                ? "The document has a DTD (<!DOCTYPE>). CAP has none, and entities are refused unread: take it out."
                : $"This is not well-formed XML: {fault.Message}");
            return null;
        }
    }

    private static CapNode? Read(XmlReader reader, CapNotices notices, Dictionary<string, int> lines)
    {
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
            Look(reader, notices, "");
        }

        if (!CapVersion.IsAlert(reader, notices))
        {
            return null;
        }

        var root = new CapNode(reader.LocalName, "", LineOf(reader));
        lines[""] = root.Line;
        var open = new Stack<CapNode>();
        var count = 0;
        do
        {
            Look(reader, notices, open.TryPeek(out var around) ? around.Place : "");
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when open.Count == 0 && count == 0:
                    count++;
                    Open(reader, open, root);
                    break;
                case XmlNodeType.Element when reader.NamespaceURI != CapWriter.Namespace:
                    if (!Skip(reader, notices, open.Peek()))
                    {
                        return null;
                    }

                    break;
                case XmlNodeType.Element when open.Count >= DeepestLevel || ++count > MostElements:
                    notices.Error("too-complex", LineOf(reader), null, $"The document is nested deeper than {DeepestLevel} levels or has more than {MostElements} elements; no CAP message is.");
                    return null;
                case XmlNodeType.Element:
                    var node = open.Peek().Append(reader.LocalName, LineOf(reader));
                    lines[node.Place] = node.Line;
                    Open(reader, open, node);
                    break;
                case XmlNodeType.EndElement:
                    var (text, place) = (open.Peek().Text, open.Pop().Place);
                    if (!IsGivenName(place))
                    {
                        LookAt(text, place, notices);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open.Count > 0:
                    open.Peek().Append(reader.Value);
                    break;
            }

            reader.Read();
        }
        while (!reader.EOF);
        return root;
    }

    private static void Open(XmlReader reader, Stack<CapNode> open, CapNode node)
    {
        if (!reader.IsEmptyElement)
        {
            open.Push(node);
        }
    }

    // A signature is checked elsewhere, over the bytes; anything else is somebody's extension.
    private static bool Skip(XmlReader reader, CapNotices notices, CapNode parent)
    {
        if (reader.NamespaceURI != SignatureNamespace)
        {
            notices.Warn("element-foreign", parent.Place.Length == 0 ? reader.LocalName : $"{parent.Place}.{reader.LocalName}", null,
                $"The element {reader.Name} of namespace '{reader.NamespaceURI}' is none of CAP 1.2 and is not read.");
        }

        // Ends on the end tag, where there is one.
        var depth = reader.Depth;
        while (!(reader.Depth == depth && (reader.IsEmptyElement || reader.NodeType == XmlNodeType.EndElement)) && reader.Read())
        {
            Look(reader, notices, parent.Place);
            if (reader.Depth > depth + DeepestForeign)
            {
                notices.Error("too-complex", LineOf(reader), null, $"An element that is none of CAP's is nested deeper than {DeepestForeign} levels.");
                return false;
            }
        }

        return true;
    }

    // The document is kept as it came, so also what is no part of the message is looked through.
    private static void Look(XmlReader reader, CapNotices notices, string place)
    {
        var isGivenName = reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && IsGivenName(place);
        if (reader.NodeType is not (XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) && reader.HasValue && !isGivenName)
        {
            LookAt(reader.Value, place, notices);
        }

        if (reader.AttributeCount > MostAttributes)
        {
            notices.Error("too-complex", LineOf(reader), null, $"An element has more than {MostAttributes} attributes; CAP has none.");
        }

        while (reader.MoveToNextAttribute())
        {
            LookAt(reader.Value, place, notices);
        }

        reader.MoveToElement();
    }

    // What computers call messages: no warning is to be lost because one in eleven of their numbers passes the check.
    private static bool IsGivenName(string place) => place is "identifier" or "references";

    private static void LookAt(string text, string place, CapNotices notices)
    {
        if (MyNumber.IsIn(text))
        {
            // The number itself is not repeated.
            notices.Error(MyNumberRefusal.Code, place, null, TextRules.NumberMessage);
        }
    }

    private static int LineOf(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;
}
