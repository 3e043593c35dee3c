using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Interoperability;

/// <summary>npm's mqtt client with our broker, at both versions, every quality of service and every transport.</summary>
public sealed class NodeClientTests(BrokerProcess broker) : IClassFixture<BrokerProcess>
{
    [NodeTheory]
    [InlineData("mqtt", 4)]
    [InlineData("mqtt", 5)]
    [InlineData("mqtts", 4)]
    [InlineData("mqtts", 5)]
    [InlineData("ws", 4)]
    [InlineData("ws", 5)]
    [InlineData("wss", 4)]
    [InlineData("wss", 5)]
    public async Task Client_WhenItUsesEverything_FindsItWorking(string scheme, int version)
    {
        var address = broker[scheme].ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var result = await CommandResult.RunAsync("node", ["interoperate.mjs", address, $"{version}", broker.CertificateFile], Needs.NodeFolder);

        result.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["qos0 true", "qos1 true", "qos2 true", "retained true", "session true", "will true", "done true"], result.Error);
    }
}
