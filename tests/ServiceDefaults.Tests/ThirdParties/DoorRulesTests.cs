using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.ServiceDefaults.Tests.ThirdParties;

public sealed class DoorRulesTests
{
    private const string Head = """
        code: "162043"
        name: { ja: 魚津市 }
        latitudeDegrees: 36.8
        longitudeDegrees: 137.4
        services: [telemetry]

        """;

    [Theory]
    [InlineData("routes: [{ path: /stops/ }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: /a//b }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: /a b }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: '/a?x' }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: /a%2f }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: '/{**rest}/a' }]", "path-malformed", ".routes[0].path")]
    [InlineData("routes: [{ path: /a, requiredRole: clerk, cacheSeconds: 5 }]", "cache-of-closed-data", ".routes[0].cacheSeconds")]
    [InlineData("healthPath: //other.example/", "health-path-malformed", ".healthPath")]
    [InlineData("healthPath: /../../v1.0/secrets", "health-path-malformed", ".healthPath")]
    [InlineData("healthPath: /%2e%2e/v1.0", "health-path-malformed", ".healthPath")]
    [InlineData("timeoutSeconds: 0", "value-out-of-range", ".timeoutSeconds")]
    public void ThirdParty_WhenTheGatewayWouldNotServeIt_IsRefusedWithOneLineForEachFault(string field, string code, string at)
    {
        var read = ManifestReader.Read($$"""{{Head}}thirdPartyServices: [{ name: lamps, title: { ja: 街路灯 }, baseUrls: ["https://lamps.example"], {{field}} }]""");

        var fault = read.Notices.ShouldHaveSingleItem();
        (fault.Severity, fault.Code, fault.Field).ShouldBe((NoticeSeverity.Error, code, "thirdPartyServices[0]" + at), fault.Message);
        fault.Line.ShouldBe(6);
    }

    [Theory]
    [InlineData("https://www.city.example:443")]
    [InlineData("https://[::1")]
    public void AllowedOrigin_WhenNoBrowserSendsIt_IsRefused(string origin)
        => ManifestReader.Read($"{Head}allowedOrigins: ['{origin}']").Notices.ShouldHaveSingleItem().Code.ShouldBe("origin-malformed");
}
