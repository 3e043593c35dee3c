using MQTTnet.Exceptions;

namespace MQTTnet;

/// <summary>Pings when nothing was sent for the keep-alive period, and ends the connection when no answer comes (section 3.1.2.10).</summary>
internal sealed class KeepAlive(ClientConnection connection, TimeSpan period, TimeProvider timeProvider)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var wait = period - connection.TimeSinceLastSent;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, timeProvider, cancellationToken);
                    continue;
                }

                // The server waits one and a half periods, so the answer has half a period.
                using var timeout = new CancellationTokenSource(period / 2, timeProvider);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
                await connection.PingAsync(both.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            connection.End(new MqttCommunicationTimedOutException(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or MqttCommunicationException)
        {
            // The connection ended; whoever ended it has said so.
            connection.End(exception);
        }
    }
}
