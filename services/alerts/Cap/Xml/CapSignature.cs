using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>
/// The signature that a message may carry (CAP 1.2 section 3.3.4.1, XML Signature). One that does not fit the text is a fault; one that
/// fits tells that nobody changed the text since, and not who its key belongs to.
/// </summary>
internal static class CapSignature
{
    private const string Signature = "{http://www.w3.org/2000/09/xmldsig#}";

    // What signs a whole message. Anything else (style sheets, parts, other documents) would run what a stranger wrote.
    private static readonly HashSet<string> Transforms = new(StringComparer.Ordinal)
    {
        SignedXml.XmlDsigEnvelopedSignatureTransformUrl, SignedXml.XmlDsigC14NTransformUrl, SignedXml.XmlDsigExcC14NTransformUrl,
    };

    private static readonly HashSet<string> KeyForms = new(StringComparer.Ordinal) { "KeyName", "KeyValue", "X509Data" };

    /// <param name="text">A document that was read without an error, so that its depth and size are bounded.</param>
    public static void Check(string text, CapNotices notices)
    {
        if (!text.Contains(CapTree.SignatureNamespace, StringComparison.Ordinal))
        {
            return;
        }

        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using (var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }))
        {
            document.Load(reader);
        }

        var signatures = document.DocumentElement!.ChildNodes.OfType<XmlElement>().Where(element => NameOf(element) == Signature + "Signature").ToList();
        foreach (var signature in signatures)
        {
            if (!IsOfTheWhole(signature))
            {
                notices.Warn("signature-unchecked", "Signature", null, "The signature is of a kind that is not checked here: it must be of the whole document, with a key or certificate in it.");
            }
            else if (!Fits(document, signature))
            {
                notices.Error("signature-wrong", "Signature", null, "The signature does not fit the text: somebody changed it after it was signed, or it was signed for another text.");
            }
            else
            {
                notices.Inform("signature-of-unknown", "Signature", null, "The signature fits the text. Whose key it is was not checked.");
            }
        }
    }

    private static bool IsOfTheWhole(XmlElement signature)
    {
        var elements = signature.SelectNodes(".//*")!.OfType<XmlElement>().ToList();
        var references = elements.Where(element => NameOf(element) == Signature + "Reference").ToList();
        var keys = elements.Where(element => element.ParentNode is XmlElement { LocalName: "KeyInfo" }).ToList();
        return references.Count == 1 && references[0].GetAttribute("URI").Length == 0
            && elements.Where(element => element.LocalName is "Transform" or "CanonicalizationMethod").All(element => Transforms.Contains(element.GetAttribute("Algorithm")))
            && keys.Count > 0 && keys.TrueForAll(key => KeyForms.Contains(key.LocalName));
    }

    private static bool Fits(XmlDocument document, XmlElement signature)
    {
        // Without a resolver of ours it fetches nothing.
        var signed = new SignedXml(document);
        try
        {
            signed.LoadXml(signature);
            return signed.CheckSignature();
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or XmlException or ArgumentException)
        {
            // A signature that cannot even be computed fits nothing.
            return false;
        }
    }

    private static string NameOf(XmlElement element) => $"{{{element.NamespaceURI}}}{element.LocalName}";
}
