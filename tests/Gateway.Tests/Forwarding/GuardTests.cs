using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.Gateway.ThirdParty;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Gateway.Tests.Forwarding;

public sealed class GuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    public void AddressRanges_WhenInsideSomebodysNetwork_IsNotPublic(string address) => AddressRanges.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2400:4050::1")]
    [InlineData("64:ff9b::808:808")]
    public void AddressRanges_WhenOnTheInternet_IsPublic(string address) => AddressRanges.WhyNotPublic(IPAddress.Parse(address)).ShouldBeNull();

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://2130706433:{0}")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}")]
    [InlineData("http://0x7f.1:{0}")]
    public async Task Target_WhenItLeadsInsideAndNobodyAgreed_IsRefusedAtConnectTime(string url)
    {
        await using var inside = await Backend.SayingAsync("the secrets of the machine");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(url.Replace("{0}", $"{inside.Port}", StringComparison.Ordinal)) with { PrivateTargetsApproved = false }));

        using var answer = await gateway.GetAsync("/api/162043/lamps/x");

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.BadGateway)).ShouldBe("target-refused");
        inside.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Name_WhenItMeansAnotherAddressLater_IsJudgedByTheAddressThatIsConnectedTo()
    {
        await using var inside = await Backend.SayingAsync("the secrets of the machine");
        var answers = new Queue<IPAddress>([IPAddress.Parse("203.0.113.9"), IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        await using var gateway = await GatewayApp.StartAsync(services: services
            => services.AddSingleton<NameResolver>((_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()])));
        gateway.Serve(TestTown.Of(TestTown.Lamps($"http://rebinding.example:{inside.Port}") with { PrivateTargetsApproved = false }));

        foreach (var kind in new[] { "documentation", "loopback", "link-local" })
        {
            using var answer = await gateway.GetAsync("/api/162043/lamps/x");
            (await answer.Content.ReadAsStringAsync()).ShouldContain(kind);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }

        inside.Requests.ShouldBeEmpty();
        answers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("192.168.10.5", "192.168.10.5", null)]
    [InlineData("192.168.10.5", "::ffff:192.168.10.5", null)]
    [InlineData("192.168.10.5", "8.8.8.8", null)]
    [InlineData("192.168.10.5", "192.168.10.6", "private")]
    [InlineData("192.168.10.5", "169.254.169.254", "link-local")]
    [InlineData("192.168.10.5", "127.0.0.1", "loopback")]
    [InlineData("127.0.0.1", "127.0.0.1", "loopback")]
    [InlineData("169.254.169.254", "169.254.169.254", "link-local")]
    [InlineData(null, "10.1.2.3", null)]
    [InlineData(null, "127.0.0.1", "loopback")]
    [InlineData(null, "0.0.0.0", "this network")]
    public void Approval_WhenANameMeansSomethingElseLater_IsForTheAddressesThatWereSeen(string? approved, string means, string? refused)
    {
        var approval = TargetApproval.Of(TestTown.Lamps("http://lamps.example") with { ApprovedAddresses = approved is null ? null : [approved] });

        approval.WhyNot(IPAddress.Parse(means), byName: true).ShouldBe(refused);
    }

    [Theory]
    [InlineData("http://127.0.0.1:81", "127.0.0.1", null)]
    [InlineData("http://[::1]:81", "::1", null)]
    [InlineData("http://127.0.0.1:81", "127.0.0.2", "loopback")]
    public void Approval_WhenTheUrlIsAnAddress_IsForThatOne(string url, string address, string? refused)
        => TargetApproval.Of(TestTown.Lamps(url)).WhyNot(IPAddress.Parse(address), byName: false).ShouldBe(refused);

    [Fact]
    public async Task ApprovedName_WhenItComesToMeanThisMachine_IsRefusedAtConnectTime()
    {
        await using var inside = await Backend.SayingAsync("the secrets of the machine");
        await using var gateway = await GatewayApp.StartAsync(services: services
            => services.AddSingleton<NameResolver>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
        gateway.Serve(TestTown.Of(TestTown.Lamps($"http://lamps.example:{inside.Port}") with { ApprovedAddresses = ["192.168.10.5"] }));

        using var answer = await gateway.GetAsync("/api/162043/lamps/x");

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.BadGateway)).ShouldBe("target-refused");
        inside.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirect_WhenItLeadsInside_IsNotFollowed()
    {
        await using var outside = await Backend.StartAsync(context =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data/");
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(outside.Address)));

        using var answer = await gateway.GetAsync("/api/162043/lamps/x");

        // The caller sees it and may go there from where the caller is; the gateway does not.
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        outside.Requests.Count.ShouldBe(1);
    }
}
