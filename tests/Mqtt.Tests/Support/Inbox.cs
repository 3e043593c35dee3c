using System.Threading.Channels;
using MQTTnet;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Collects what a client receives; a test waits for the next message, never for a time.</summary>
public sealed class Inbox
{
    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();

    /// <summary>When false the test acknowledges by itself.</summary>
    public bool AutoAcknowledge { get; init; } = true;

    public void Listen(IMqttClient client) => client.ApplicationMessageReceivedAsync += args =>
    {
        args.AutoAcknowledge = AutoAcknowledge;
        // The payload is only valid now.
        _messages.Writer.TryWrite(new ReceivedMessage(args, args.ApplicationMessage.ConvertPayloadToString()));
        return Task.CompletedTask;
    };

    public async Task<ReceivedMessage> NextAsync() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(TestBroker.Patience);

    public async Task<List<string?>> NextTextsAsync(int count)
    {
        var texts = new List<string?>();
        while (texts.Count < count)
        {
            texts.Add((await NextAsync()).Text);
        }

        return texts;
    }

    public bool IsEmpty => _messages.Reader.Count == 0;
}

public sealed record ReceivedMessage(MqttApplicationMessageReceivedEventArgs Args, string? Text)
{
    public MqttApplicationMessage Message => Args.ApplicationMessage;

    public string Topic => Message.Topic;
}
