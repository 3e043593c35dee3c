using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Streaming;

/// <summary>One message as bytes of a server-sent event, made once for each list of languages and shared by every client.</summary>
public sealed class StreamFrame
{
    private readonly ConcurrentDictionary<StreamLanguages, ReadOnlyMemory<byte>> _events = new();
    private readonly string _payload;
    private readonly int _idLength;

    public StreamFrame(StreamEvent row)
    {
        Sequence = row.Sequence;
        AlertId = row.AlertId;
        Expires = row.Expires;
        EndsAlert = row.MsgType == nameof(CapMsgType.Cancel);
        _payload = row.Payload;
        _idLength = IdLine(row.Sequence).Length;
    }

    public long Sequence { get; }

    public string AlertId { get; }

    public DateTimeOffset Expires { get; }

    public bool EndsAlert { get; }

    /// <summary>The whole event with its own id.</summary>
    public ReadOnlyMemory<byte> In(StreamLanguages languages)
        => _events.TryGetValue(languages, out var made) ? made : _events.GetOrAdd(languages, Make(languages));

    /// <summary>The event without its id line.</summary>
    public ReadOnlyMemory<byte> BodyIn(StreamLanguages languages) => In(languages)[_idLength..];

    public static string IdLine(long sequence) => string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\n");

    // The payload is JSON without line breaks, so it is one data line.
    private byte[] Make(StreamLanguages languages)
        => Encoding.UTF8.GetBytes(IdLine(Sequence) + "event: alert\ndata: " + (languages == StreamLanguages.All ? _payload : Chosen(languages)) + "\n\n");

    private string Chosen(StreamLanguages languages)
    {
        var view = JsonSerializer.Deserialize<AlertView>(_payload, CityJson.Options)!;
        return JsonSerializer.Serialize(view with { Info = languages.Of(view.Info) }, CityJson.Options);
    }
}
