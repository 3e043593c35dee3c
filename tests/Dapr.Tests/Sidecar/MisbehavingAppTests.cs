using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class MisbehavingAppTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("endless", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"status\"", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"\\ud800\"}  ", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 900000000000\r\n\r\n{", 2)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":", 3)]
    [InlineData("HTTP/9.9 abc", 3)]
    [InlineData("", 3)]
    [InlineData("hang", 3)]
    public async Task Deliver_WhenAppAnswersBadly_GoesOnWithTheNextEvents(string answer, int deliveries)
    {
        using var app = new RawApp(first: answer, then: Ok);
        // Short only where nothing else ends the wait: a busy machine may take longer to read what never ends.
        var timeout = answer == "hang" ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(15);
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { Delivery = TestSidecar.Quick with { Timeout = timeout } });

        using var one = await sidecar.PublishAsync("t", "1");
        using var two = await sidecar.PublishAsync("t", "2");

        var bodies = await app.Requests.NextAsync(deliveries);
        bodies[0].ShouldContain("\"data\":1");
        bodies[^1].ShouldContain("\"data\":2");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/9.9 abc")]
    public async Task Invoke_WhenAppAnswersBadly_TheCallerIsToldAndTheSidecarGoesOn(string answer)
    {
        using var app = new RawApp(first: answer, then: Ok);
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var broken = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf("/v1.0/invoke/app/method/x")));
            await broken.Content.ReadAsStringAsync().Soon();
            broken.EnsureSuccessStatusCode();
        });

        using var next = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf("/v1.0/invoke/app/method/x")));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>An app that answers its first POST with given bytes and closes the connection.</summary>
    private sealed class RawApp : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly string _first;
        private readonly string _then;
        private int _posts;

        public RawApp(string first, string then)
        {
            (_first, _then) = (first, then);
            _listener.Start();
            _ = AcceptAsync();
        }

        public Channel<string> Requests { get; } = Channel.CreateUnbounded<string>();

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptSocketAsync(_stop.Token);
                    _ = ServeAsync(socket);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                Requests.Writer.TryComplete();
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using (socket)
            {
                try
                {
                    while (await ReadAsync(socket) is { } request)
                    {
                        await AnswerAsync(socket, request);
                    }
                }
                catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private async Task AnswerAsync(Socket socket, string request)
        {
            if (request.StartsWith("GET ", StringComparison.Ordinal))
            {
                const string subscriptions = """[{"pubsubname":"pubsub","topic":"t","route":"/t"}]""";
                await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {subscriptions.Length}\r\n\r\n{subscriptions}"), _stop.Token);
                return;
            }

            Requests.Writer.TryWrite(request);
            if (Interlocked.Increment(ref _posts) > 1)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(_then), _stop.Token);
                return;
            }

            switch (_first)
            {
                case "hang":
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    break;
                case "endless":
                    await socket.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), _stop.Token);
                    while (true)
                    {
                        await socket.SendAsync("10\r\n0123456789abcdef\r\n"u8.ToArray(), _stop.Token);
                    }

                default:
                    await socket.SendAsync(Encoding.ASCII.GetBytes(_first), _stop.Token);
                    socket.Close();
                    break;
            }
        }

        private async Task<string?> ReadAsync(Socket socket)
        {
            var text = "";
            var buffer = new byte[4096];
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (read == 0)
                {
                    return null;
                }

                text += Encoding.Latin1.GetString(buffer, 0, read);
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end >= 0 && text.Length >= end + 4 + LengthOf(text[..end]))
                {
                    return text;
                }
            }
        }

        private static int LengthOf(string headers) => headers.Split("\r\n")
            .Where(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(h => int.Parse(h.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
    }
}
