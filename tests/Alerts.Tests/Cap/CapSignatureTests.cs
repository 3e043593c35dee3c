using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.Alerts.Tests.Import;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Cap;

public sealed class CapSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Read_WhenTheSignatureFits_SaysThatItsOwnerIsNotKnown()
    {
        var reading = CapReader.Read(Signed(), Now);
        reading.Notices.Select(notice => (notice.Code, notice.Severity)).ShouldBe([("signature-of-unknown", NoticeSeverity.Info)]);
    }

    [Theory]
    [InlineData("Beware of", "Enjoy")]
    [InlineData("<SignatureValue>", "<SignatureValue>AAAA")]
    [InlineData("<DigestValue>", "<DigestValue>AAAA")]
    public void Read_WhenTextOrSignatureWasChanged_IsRefused(string signed, string changed)
        => CapReader.Read(Signed().Replace(signed, changed, StringComparison.Ordinal), Now).Notices
            .ShouldContain(notice => notice.Code == "signature-wrong" && notice.Severity == NoticeSeverity.Error);

    [Theory]
    [InlineData("URI=\"\"", "URI=\"file:///etc/passwd\"")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116")]
    [InlineData("KeyValue", "RetrievalMethod")]
    public void Read_WhenTheSignatureWantsMoreThanTheText_IsNotFollowed(string plain, string hostile)
        => CapReader.Read(Signed().Replace(plain, hostile, StringComparison.Ordinal), Now).Notices.ShouldContain(notice => notice.Code == "signature-unchecked");

    [Fact]
    public void Read_WhenAForeignElementIsNestedWithoutEnd_IsRefused()
    {
        var xml = CapWriter.Write(CapSample.Alert("storm-1", Now)).Replace("</alert>", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">" + string.Concat(Enumerable.Repeat("<a>", 100_000)), StringComparison.Ordinal);
        var reading = CapReader.Read(xml, Now);
        reading.IsUsable.ShouldBeFalse();
        reading.Notices.ShouldContain(notice => notice.Code == "too-complex");
    }

    private static string Signed()
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(CapWriter.Write(CapSample.Alert("storm-1", Now)));
        using var key = RSA.Create(2048);
        var signed = new SignedXml(document) { SigningKey = key };
        var reference = new Reference("");
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        signed.AddReference(reference);
        signed.KeyInfo.AddClause(new RSAKeyValue(key));
        signed.ComputeSignature();
        document.DocumentElement!.AppendChild(document.ImportNode(signed.GetXml(), deep: true));
        return document.OuterXml;
    }
}
