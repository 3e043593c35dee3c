using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Receivers;

/// <summary>A mail server on loopback that takes mails, or refuses recipients (RFC 5321, as little as a client needs).</summary>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<MimeMessage> _mails = Channel.CreateBounded<MimeMessage>(1000);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile string? _refusal;

    public Mailbox()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Settings with which a service sends here.</summary>
    public string[] Settings => ["--Delivery:Smtp:Host", "127.0.0.1", "--Delivery:Smtp:Port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--Delivery:Smtp:Security", "None"];

    /// <param name="reply">What every recipient is answered from now on, such as <c>451 later</c>; null to take them.</param>
    public void Refuse(string? reply) => _refusal = reply;

    public Task<MimeMessage> NextAsync() => _mails.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    public bool HasMore => _mails.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
        try
        {
            await SayAsync("220 mail.example ESMTP");
            while (await reader.ReadLineAsync() is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await SayAsync("354 go on");
                    await TakeAsync(reader);
                    await SayAsync("250 taken");
                    continue;
                }

                await SayAsync(verb switch
                {
                    "EHLO" => "250 mail.example",
                    "RCPT" when _refusal is { } refusal => refusal,
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                });
            }
        }
        catch (IOException)
        {
            // The client left.
            return;
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var content = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        await _mails.Writer.WriteAsync(await MimeMessage.LoadAsync(content));
    }
}
