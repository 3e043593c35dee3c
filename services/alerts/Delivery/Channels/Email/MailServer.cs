using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using SmartCity.Alerts.Delivery.Sending;

namespace SmartCity.Alerts.Delivery.Channels.Email;

/// <summary>The mail server, over a few connections that are kept.</summary>
internal sealed class MailServer(IOptions<DeliveryOptions> options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentBag<SmtpClient> _idle = [];
    private readonly SemaphoreSlim _turns = new(options.Value.Smtp.Connections);

    private SmtpOptions Smtp => options.Value.Smtp;

    public async Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.RequestTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            await _turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Other mails had all connections for so long: that is no sign of a server that is ill.
            return DeliveryOutcome.NotTried(stopping.IsCancellationRequested ? "stopped" : "host-busy", clock.GetUtcNow());
        }

        try
        {
            return await SendInTurnAsync(message, either.Token, stopping);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var client))
        {
            client.Dispose();
        }

        _turns.Dispose();
    }

    /// <param name="either">The time is up, or the process stops.</param>
    private async Task<DeliveryOutcome> SendInTurnAsync(MimeMessage message, CancellationToken either, CancellationToken stopping)
    {
        SmtpClient? client = null;
        var isUnderWay = false;
        try
        {
            client = await ConnectedAsync(either);
            isUnderWay = true;
            await client.SendAsync(message, either);
            _idle.Add(client);
            client = null;
            return DeliveryOutcome.Sent;
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested
                ? DeliveryOutcome.NotTried("stopped", clock.GetUtcNow()) with { MayHaveArrived = isUnderWay }
                : isUnderWay ? DeliveryOutcome.Unknown("no-answer") : DeliveryOutcome.Later("not-reachable", hostIsIll: true);
        }
        catch (SmtpCommandException exception)
        {
            return OutcomeOf(exception);
        }
        catch (AuthenticationException)
        {
            return DeliveryOutcome.Later("sign-in-refused", hostIsIll: true);
        }
        catch (Exception exception) when (exception is SslHandshakeException or NotSupportedException)
        {
            return DeliveryOutcome.Later("tls-failed", hostIsIll: true);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ProtocolException or ServiceNotConnectedException)
        {
            return isUnderWay ? DeliveryOutcome.Unknown("broken-off") : DeliveryOutcome.Later("not-reachable", hostIsIll: true);
        }
        finally
        {
            client?.Dispose();
        }
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var kept))
        {
            if (await IsAliveAsync(kept, cancellationToken))
            {
                return kept;
            }

            kept.Dispose();
        }

        var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(Smtp.Host!, Smtp.Port, Smtp.Security switch
            {
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
            if (Smtp.User is { } user)
            {
                var password = Smtp.PasswordFile is { } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";
                await client.AuthenticateAsync(user, password, cancellationToken);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // Servers close connections that were idle for long; asking first keeps that apart from a mail whose fate is unknown.
    private static async Task<bool> IsAliveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or IOException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    // RFC 5321 section 4.2.1: 4 is for now, 5 for good. A refused mailbox is not forgotten: some servers say so of everybody for a while.
    private static DeliveryOutcome OutcomeOf(SmtpCommandException exception)
    {
        var why = $"smtp-{(int)exception.StatusCode}";
        return (int)exception.StatusCode >= 500
            ? DeliveryOutcome.Refused(why)
            : DeliveryOutcome.Later(why, hostIsIll: exception.ErrorCode != SmtpErrorCode.RecipientNotAccepted);
    }
}
