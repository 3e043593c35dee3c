using System.Net;
using System.Text.Json;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>Receivers inside somebody's network, which nobody allowed.</summary>
public sealed class ReceiverGuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:192.168.0.1]/")]
    [InlineData("http://user:secret@example.org/")]
    public async Task Create_WhenTheReceiverIsInside_IsRefused(string uri)
    {
        await using var app = await NgsiTown.StartAsync();
        using var response = await SubscriptionTests.SendAsync(app, HttpMethod.Post, SubscriptionTests.Path, Body(uri));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Notify_WhenANameLeadsInside_SendsNothing()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var app = await NgsiTown.StartAsync("Shared", "--NgsiLd:PollSeconds=0.1");
        var inside = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var response = await SubscriptionTests.SendAsync(app, HttpMethod.Post, SubscriptionTests.Path, Body(inside));
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var location = response.Headers.Location!.ToString();
        await app.PublishLevelAsync(DateTimeOffset.UtcNow, 3.4);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        JsonElement notification;
        do
        {
            timeout.Token.ThrowIfCancellationRequested();
            using var state = await SubscriptionTests.SendAsync(app, HttpMethod.Get, location, null);
            notification = JsonSerializer.Deserialize<JsonElement>(await state.Content.ReadAsStringAsync()).GetProperty("notification");
        }
        while (!notification.TryGetProperty("lastFailure", out _));
        notification.GetProperty("status").GetString().ShouldBe("failed");
        receiver.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Connect_WhenOneOfSeveralAddressesIsInside_IsRefused()
    {
        static Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("192.168.1.1")]);
        var refused = await Should.ThrowAsync<AddressRefusedException>(() => PublicConnections.ConnectAsync(new DnsEndPoint("example.org", 443), Resolve, CancellationToken.None));
        refused.Kind.ShouldBe("private");
    }

    private static string Body(string uri) => $$$$"""
        {"type":"Subscription","entities":[{"type":"FloodMonitoring"}],"notification":{"endpoint":{"uri":"{{{{uri}}}}"}}}
        """;
}
