namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>A feed as it was made once, for everybody who asks until the next one is.</summary>
/// <param name="At">Of the header.</param>
/// <param name="Protobuf">The message.</param>
/// <param name="ETag">Of the protobuf; that of the JSON has a suffix.</param>
/// <param name="ContentHash">Of the entities alone.</param>
internal sealed record PublishedFeed(DateTimeOffset At, byte[] Protobuf, string ETag, string ContentHash)
{
    private byte[]? _json;

    /// <summary>The same in protobuf's JSON mapping, made when it is first asked for.</summary>
    public byte[] Json => _json ??= System.Text.Encoding.UTF8.GetBytes(Google.Protobuf.JsonFormatter.Default.Format(Wire.FeedMessage.Parser.ParseFrom(Protobuf)));
}
