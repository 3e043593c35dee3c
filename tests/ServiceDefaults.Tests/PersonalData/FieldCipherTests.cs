using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Tests.PersonalData;

public sealed class FieldCipherTests
{
    private const string Place = "162043/subscription/1/address";
    private static readonly string Made = FieldKeys.Make("2026-11-29");
    private readonly FieldCipher _cipher = new(FieldKeys.Parse(Made));

    [Theory]
    [InlineData("")]
    [InlineData("hanako@example.jp")]
    [InlineData("魚津 花子 𠮷")]
    public void Decrypt_OfWhatWasEncryptedForThePlace_IsTheText(string text)
    {
        var encrypted = _cipher.Encrypt(text, Place);
        encrypted.ShouldStartWith("2026-11-29.");
        encrypted.ShouldNotBe(_cipher.Encrypt(text, Place));
        _cipher.Decrypt(encrypted, Place).ShouldBe(text);
    }

    [Fact]
    public void Decrypt_WhenMovedChangedOrCutOff_Refuses()
    {
        var encrypted = _cipher.Encrypt("hanako@example.jp", Place);
        Should.Throw<CryptographicException>(() => _cipher.Decrypt(encrypted, Place + "2"));
        Should.Throw<CryptographicException>(() => _cipher.Decrypt(encrypted[..^6] + "AAAAAA", Place));
        Should.Throw<CryptographicException>(() => _cipher.Decrypt(encrypted[..20], Place));
        Should.Throw<CryptographicException>(() => _cipher.Decrypt("hanako@example", Place));
        Should.Throw<CryptographicException>(() => _cipher.Decrypt("2026-11-29.*", Place));
    }

    [Fact]
    public void Decrypt_AfterANewKeyIsCurrent_ReadsTheOldAndSaysSo()
    {
        var old = _cipher.Encrypt("text", Place);
        var keys = JsonNode.Parse(Made)!.AsObject();
        keys["keys"]!["next"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        keys["current"] = "next";
        var rotated = new FieldCipher(FieldKeys.Parse(keys.ToJsonString()));

        rotated.Decrypt(old, Place).ShouldBe("text");
        rotated.IsOfOldKey(old).ShouldBeTrue();
        rotated.IsOfOldKey(rotated.Encrypt("text", Place)).ShouldBeFalse();
        rotated.Fingerprint("text", "address").ShouldBe(_cipher.Fingerprint("text", "address"));
    }

    [Fact]
    public void Fingerprint_OfOtherTextsPurposesAndKeys_Differs()
    {
        var other = new FieldCipher(FieldKeys.Parse(FieldKeys.Make("2026-11-29")));
        string[] all = [_cipher.Fingerprint("a", "x"), _cipher.Fingerprint("b", "x"), _cipher.Fingerprint("a", "y"), other.Fingerprint("a", "x")];
        all.Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"current":"a","keys":{},"index":"AAAA"}""")]
    [InlineData("""{"current":"a","keys":{"a":"AAAA"},"index":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""")]
    [InlineData("""{"current":"b","keys":{"a":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},"index":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""")]
    public void Parse_WhenAKeyIsMissing_SaysTheForm(string json)
        => Should.Throw<FormatException>(() => FieldKeys.Parse(json)).Message.ShouldContain("\"current\"");
}
