using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using SmartCity.Host.Development;

namespace SmartCity.EndToEnd.Tests.Development;

public sealed class AuthorizationCodesTests
{
    private const string Client = "smartcity-portal";
    private const string Back = "http://localhost:8080/signin/callback";
    private const string Verifier = "a-verifier-that-is-long-enough-for-the-rfc-0123456789";
    private static readonly DemoPerson Officer = new("officer-uozu", "officer", "162043");
    private readonly Clock _clock = new();

    [Fact]
    public void Redeem_WhenTheVerifierFits_GivesThePersonOnce()
    {
        var codes = new AuthorizationCodes(_clock);
        var code = codes.Grant(Request(), Officer)!;

        codes.Redeem(code, Client, Back, Verifier)!.Value.Person.ShouldBe(Officer);
        codes.Redeem(code, Client, Back, Verifier).ShouldBeNull();
    }

    [Theory]
    [InlineData("another-client", Back, Verifier)]
    [InlineData(Client, "http://localhost:9999/signin/callback", Verifier)]
    [InlineData(Client, Back, "another-verifier")]
    public void Redeem_WhenItIsNotWhoAsked_IsRefusedAndTheCodeIsUsedUp(string client, string back, string verifier)
    {
        var codes = new AuthorizationCodes(_clock);
        var code = codes.Grant(Request(), Officer)!;

        codes.Redeem(code, client, back, verifier).ShouldBeNull();
        codes.Redeem(code, Client, Back, Verifier).ShouldBeNull();
    }

    [Fact]
    public void Redeem_WhenTheCodeIsOld_IsRefused()
    {
        var codes = new AuthorizationCodes(_clock);
        var code = codes.Grant(Request(), Officer)!;
        _clock.Now += TimeSpan.FromSeconds(61);

        codes.Redeem(code, Client, Back, Verifier).ShouldBeNull();
    }

    private static AuthorizationRequest Request()
        => new(Client, Back, "state", "nonce", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(Verifier))));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
