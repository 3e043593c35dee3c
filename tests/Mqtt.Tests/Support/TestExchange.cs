using System.Net;
using System.Text;
using MQTTnet;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Method "REVERSE": the client says its name, gets a challenge, and answers with it reversed.</summary>
public sealed class TestExchanges : IMqttEnhancedAuthenticator
{
    public IMqttAuthenticationExchange? TryBegin(string method, string clientId, string? userName, EndPoint? remoteEndPoint)
        => method == "REVERSE" ? new Exchange() : null;

    private sealed class Exchange : IMqttAuthenticationExchange
    {
        private string? _name;

        public ValueTask<MqttExchangeResult> NextAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            var text = Encoding.UTF8.GetString(data.Span);
            if (_name is null)
            {
                _name = text;
                return text == "broken"
                    ? throw new InvalidOperationException("The key store is away.")
                    : ValueTask.FromResult(MqttExchangeResult.Continue("abc"u8.ToArray()));
            }

            return ValueTask.FromResult(text == "cba"
                ? MqttExchangeResult.Accept(_name, _name, "welcome"u8.ToArray())
                : MqttExchangeResult.Refuse(MqttReasonCode.NotAuthorized));
        }
    }
}

/// <summary>The client's side of it; a wrong answer when told so.</summary>
public sealed class ReverseHandler(string? wrongAnswer = null) : IMqttEnhancedAuthenticationHandler
{
    public TaskCompletionSource<string> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task HandleEnhancedAuthenticationAsync(MqttEnhancedAuthenticationEventArgs eventArgs)
    {
        var data = Encoding.UTF8.GetString(eventArgs.AuthenticationData ?? []);
        if (eventArgs.ReasonCode == MQTTnet.Protocol.MqttAuthenticateReasonCode.Success)
        {
            Finished.TrySetResult(data);
            return;
        }

        var answer = wrongAnswer ?? new string([.. data.Reverse()]);
        await eventArgs.SendAsync(new SendMqttEnhancedAuthenticationDataOptions { Data = Encoding.UTF8.GetBytes(answer) });
    }
}
