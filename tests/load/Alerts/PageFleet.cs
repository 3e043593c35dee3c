using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Alerts;

/// <summary>Open pages: streams of alerts on bare sockets, in a process of their own. Its clock is the machine's monotonic one, as ours.</summary>
internal sealed class PageFleet : ChildProcess
{
    private PageFleet(ProcessStartInfo start) : base(start)
    {
    }

    /// <summary>Opens them all; returns when each has the headers of its answer.</summary>
    public static async Task<PageFleet> OpenAsync(Uri server, int pages)
    {
        var arguments = Self("alerts-pages", "--server", server.ToString(), "--pages", pages.ToString(CultureInfo.InvariantCulture));
        var start = OpenFiles.Raised(arguments.FileName, arguments.ArgumentList);
        // What is read is looked at by the thread that read it: the generator must cost little.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        var fleet = new PageFleet(start);
        if (await fleet.ReadLineAsync(TimeSpan.FromMinutes(3)) is var line && line != "open")
        {
            await fleet.DisposeAsync();
            throw new InvalidOperationException($"The pages did not open: {line}");
        }

        return fleet;
    }

    /// <summary>What comes from now on counts.</summary>
    public Task BeginAsync() => AskAsync("begin");

    /// <summary>Waits until every page has an alert that came since <see cref="BeginAsync"/>, ten seconds at most.</summary>
    /// <returns>When each page had it, as ticks of the monotonic clock; pages without one are missing.</returns>
    public async Task<long[]> TakeAsync()
        => [.. (await AskAsync("take")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>The child's side.</summary>
    public static Command Command()
    {
        var server = new Option<string>("--server") { Required = true };
        var pages = new Option<int>("--pages") { Required = true };
        var command = new Command("alerts-pages", "Open pages, for the benchmarks") { server, pages };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => ServeAsync(new Uri(arguments.GetRequiredValue(server)), arguments.GetValue(pages), cancellationToken));
        return command;
    }

    private static async Task ServeAsync(Uri server, int count, CancellationToken cancellationToken)
    {
        var pages = new OpenPage[count];
        try
        {
            for (var index = 0; index < count; index++)
            {
                pages[index] = await OpenPage.OpenAsync(server, index).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
        {
            Console.WriteLine(exception.Message);
            return;
        }

        // Not on a thread that reads sockets: it would read none while it waits for questions.
        await Task.Yield();
        Console.WriteLine("open");
        while (await Console.In.ReadLineAsync(cancellationToken) is { } question)
        {
            if (question == "begin")
            {
                Array.ForEach(pages, page => page.Forget());
                Console.WriteLine("begun");
                continue;
            }

            Ingest.Wait.Until(() => Array.TrueForAll(pages, page => page.At != 0), TimeSpan.FromSeconds(10), cancellationToken);
            Console.WriteLine(string.Join(' ', pages.Where(page => page.At != 0).Select(page => page.At)));
        }
    }

    private sealed class OpenPage
    {
        // As the portal's pages ask, an equal part of them in each language.
        private static readonly string[] Languages = ["ja", "ja-easy,ja-Hira,ja", "en,ja", "zh-Hans,ja", "ko,ja", "pt,ja", "vi,ja"];
        private static readonly byte[] Beginning = "event: alert\n"u8.ToArray();
        private static readonly byte[] Ending = "}\n\n"u8.ToArray();

        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _input = new byte[16 * 1024];
        private int _kept;
        private bool _isInAlert;
        private long _at;

        /// <summary>When the first alert since <see cref="Forget"/> was there to its end; 0 for not yet.</summary>
        public long At => Volatile.Read(ref _at);

        public void Forget() => Volatile.Write(ref _at, 0);

        public static async Task<OpenPage> OpenAsync(Uri server, int number)
        {
            var page = new OpenPage();
            await page._socket.ConnectAsync(IPAddress.Loopback, server.Port);
            // Each from an address of its own, as residents are.
            await page._socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"GET /api/{MeasuredHost.Town}/alerts/stream?languages={Languages[number % Languages.Length]} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/event-stream\r\nX-Forwarded-For: 10.{number >> 16}.{(number >> 8) & 255}.{number & 255}\r\n\r\n")));
            await page.ReadHeadAsync();
            _ = page.ReadAsync();
            return page;
        }

        private async Task ReadHeadAsync()
        {
            while (_input.AsSpan(0, _kept).IndexOf("\r\n\r\n"u8) < 0)
            {
                var count = await _socket.ReceiveAsync(_input.AsMemory(_kept));
                _kept += count > 0 ? count : throw new IOException("A stream was closed before its answer.");
            }

            if (!_input.AsSpan().StartsWith("HTTP/1.1 200"u8))
            {
                throw new IOException("A stream was refused: " + Encoding.ASCII.GetString(_input, 0, Math.Min(_kept, 200)));
            }

            _kept = 0;
        }

        private async Task ReadAsync()
        {
            while (await _socket.ReceiveAsync(_input.AsMemory(_kept)) is var count && count > 0)
            {
                Look(_kept + count);
            }
        }

        // Frames of the transfer coding lie between, and may split neither of the two marks in what a server writes at once.
        private void Look(int length)
        {
            var rest = _input.AsSpan(0, length);
            while (true)
            {
                var mark = _isInAlert ? Ending : Beginning;
                var found = rest.IndexOf(mark);
                if (found < 0)
                {
                    _kept = Math.Min(mark.Length - 1, rest.Length);
                    rest[^_kept..].CopyTo(_input);
                    return;
                }

                if (_isInAlert)
                {
                    Interlocked.CompareExchange(ref _at, Stopwatch.GetTimestamp(), 0);
                }

                _isInAlert = !_isInAlert;
                rest = rest[(found + mark.Length)..];
            }
        }
    }
}
