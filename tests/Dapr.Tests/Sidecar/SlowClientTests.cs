using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class SlowClientTests
{
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("POST /v1.0/publish/pubsub/t HTTP/1.1\r\nHost: x\r\nX-Slow: ", 'a')]
    [InlineData("POST /v1.0/publish/pubsub/t HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", '1')]
    [InlineData("POST /v1.0/state/statestore HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", '1')]
    public async Task Request_WhenItComesByteByByte_IsDropped(string beginning, char drop)
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null,
            o => o with { Limits = new DaprSidecarLimits { RequestHeadersTimeout = TimeSpan.FromSeconds(1) } });
        using var connection = await RawConnection.OpenAsync(sidecar.UriOf("/"));
        await connection.SendAsync(beginning);

        var answer = connection.ReadToEndAsync();
        var dripping = DripAsync(connection, drop, answer);

        (await answer).ShouldContain("408");
        await dripping;
    }

    [Fact]
    public async Task Connections_WhenThereAreTooMany_FurtherOnesAreClosedAndTheOthersServed()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { Limits = new DaprSidecarLimits { Connections = 2 } });
        const string request = "GET /v1.0/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        using var first = await RawConnection.OpenAsync(sidecar.UriOf("/"));
        await first.SendAsync(request[..20]);
        using var second = await RawConnection.OpenAsync(sidecar.UriOf("/"));
        await second.SendAsync(request[..20]);

        using var third = await RawConnection.OpenAsync(sidecar.UriOf("/"));
        (await third.ReadToEndAsync()).ShouldBeEmpty();

        await first.SendAsync(request[20..]);
        (await first.ReadToEndAsync()).ShouldContain("204");
        await second.SendAsync(request[20..]);
        (await second.ReadToEndAsync()).ShouldContain("204");
    }

    private static async Task DripAsync(RawConnection connection, char drop, Task until)
    {
        using var timer = new PeriodicTimer(Drip);
        while (!until.IsCompleted && await timer.WaitForNextTickAsync())
        {
            try
            {
                await connection.SendAsync(drop.ToString());
            }
            catch (System.Net.Sockets.SocketException)
            {
                return;
            }
        }
    }
}
