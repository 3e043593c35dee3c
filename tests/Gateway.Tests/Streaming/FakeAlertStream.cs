using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Streaming;

/// <summary>A service's stream of numbered events, resumed by <c>Last-Event-ID</c> as the alerts service does.</summary>
internal sealed class FakeAlertStream
{
    private readonly Lock _gate = new();
    private readonly List<Channel<string>> _open = [];
    private readonly List<(int Id, string Text)> _told = [];

    /// <summary>Streams that were opened so far.</summary>
    public int Opened { get; private set; }

    /// <summary>Refuses new streams.</summary>
    public bool IsAway { get; set; }

    public int Position
    {
        get
        {
            lock (_gate)
            {
                return _told.Count;
            }
        }
    }

    public Task<Backend> StartAsync() => Backend.StartAsync(AnswerAsync);

    public void Tell(string text)
    {
        lock (_gate)
        {
            _told.Add((_told.Count + 1, text));
            _open.ForEach(stream => stream.Writer.TryWrite(Event(_told[^1])));
        }
    }

    public void TellWithoutId(string text)
    {
        lock (_gate)
        {
            _open.ForEach(stream => stream.Writer.TryWrite(text));
        }
    }

    public void EndAll()
    {
        lock (_gate)
        {
            _open.ForEach(stream => stream.Writer.TryComplete());
            _open.Clear();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Path.Value!.EndsWith("/stream", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync($"[{Position}]");
            return;
        }

        if (IsAway)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var text = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : context.Request.Query["lastEventId"].ToString();
        var stream = Channel.CreateUnbounded<string>();
        lock (_gate)
        {
            Opened++;
            var isKnown = int.TryParse(text, CultureInfo.InvariantCulture, out var after) && after <= _told.Count;
            context.Response.Headers["Stream-Position"] = (isKnown ? after : _told.Count).ToString(CultureInfo.InvariantCulture);
            stream.Writer.TryWrite("retry: 2000\n\n");
            foreach (var told in isKnown ? _told.Skip(after) : _told.TakeLast(1))
            {
                stream.Writer.TryWrite(Event(told));
            }

            _open.Add(stream);
        }

        context.Response.ContentType = "text/event-stream; charset=utf-8";
        await foreach (var piece in stream.Reader.ReadAllAsync(context.RequestAborted))
        {
            // In two pieces, as networks do.
            var bytes = Encoding.UTF8.GetBytes(piece);
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync(bytes.AsMemory(bytes.Length / 2));
            await context.Response.Body.FlushAsync();
        }
    }

    private static string Event((int Id, string Text) told) => string.Create(CultureInfo.InvariantCulture, $"id: {told.Id}\nevent: alert\ndata: {told.Text}\n\n");
}
