using System.Globalization;
using System.Text;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Streaming;

/// <summary>One message as bytes of a server-sent event, made once and shared by every client.</summary>
public sealed class StreamFrame
{
    private readonly int _idLength;

    public StreamFrame(StreamEvent row)
    {
        Sequence = row.Sequence;
        AlertId = row.AlertId;
        Expires = row.Expires;
        EndsAlert = row.MsgType == nameof(CapMsgType.Cancel);
        var id = IdLine(row.Sequence);
        _idLength = id.Length;
        // The payload is JSON without line breaks, so it is one data line.
        Bytes = Encoding.UTF8.GetBytes(id + "event: alert\ndata: " + row.Payload + "\n\n");
    }

    public long Sequence { get; }

    public string AlertId { get; }

    public DateTimeOffset Expires { get; }

    public bool EndsAlert { get; }

    /// <summary>The whole event with its own id.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The event without its id line.</summary>
    public ReadOnlyMemory<byte> Body => Bytes[_idLength..];

    public static string IdLine(long sequence) => string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\n");
}
