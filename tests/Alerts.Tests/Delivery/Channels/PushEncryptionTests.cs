using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Tests.Delivery.Receivers;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

/// <summary>The example of RFC 8291 section 5, with the values of its appendix A.</summary>
public sealed class PushEncryptionTests
{
    private const string Text = "When I grow up, I want to be a watermelon";
    private const string ReceiverPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string ReceiverPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string SenderPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string SenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Body = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void Encrypt_WhenGivenTheExampleOfTheStandard_GivesItsBody()
    {
        using var sender = Key(SenderPublic, SenderPrivate);
        var body = PushEncryption.Encrypt(Encoding.UTF8.GetBytes(Text), PushEncryption.Prepare(Bytes(ReceiverPublic), Bytes(Secret), sender), Bytes(Salt));
        Base64Url.EncodeToString(body).ShouldBe(Body);
    }

    [Fact]
    public void Encrypt_WhenTheTextIsAsLongAsItMayBe_IsReadByTheBrowserAlone()
    {
        using var receiver = Key(ReceiverPublic, ReceiverPrivate);
        var text = Encoding.UTF8.GetBytes(new string('x', PushEncryption.MostBytes));
        var body = PushEncryption.Encrypt(text, PushEncryption.Prepare(Bytes(ReceiverPublic), Bytes(Secret)));
        body.Length.ShouldBe(4096);
        Browser.Decrypt(body, receiver, Bytes(ReceiverPublic), Bytes(Secret)).ShouldBe(text);
        Should.Throw<AuthenticationTagMismatchException>(() => Browser.Decrypt(body, receiver, Bytes(ReceiverPublic), new byte[16]));
    }

    [Theory]
    [InlineData("BCVxsr7N")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")]
    public void CheckPoint_WhenItIsNotOnTheCurve_Refuses(string point)
        => Should.Throw<CryptographicException>(() => PushEncryption.CheckPoint(Bytes(point)));

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private static ECDiffieHellman Key(string point, string secret)
    {
        var bytes = Bytes(point);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = bytes[1..33], Y = bytes[33..] }, D = Bytes(secret) });
    }
}
