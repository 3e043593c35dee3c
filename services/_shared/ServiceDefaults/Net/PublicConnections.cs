using System.Net;
using System.Net.Sockets;

namespace SmartCity.ServiceDefaults.Net;

/// <summary>
/// Connections to addresses that others name, checked when they are made, by the very address that is then connected to: what
/// a name meant before says nothing about what it means now (DNS rebinding).
/// </summary>
public static class PublicConnections
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="resolve">Looks a host name up.</param>
    /// <exception cref="AddressRefusedException">The address, or one of several, is not of the open internet.</exception>
    public static Task<Stream> ConnectAsync(DnsEndPoint target, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
        => ConnectAsync(target, resolve, static (address, _) => AddressRanges.WhyNotPublic(address), cancellationToken);

    /// <summary>The same where some addresses that are not of the open internet were agreed to.</summary>
    /// <param name="whyNot">Why an address is refused, or null; told whether a name led there.</param>
    /// <exception cref="AddressRefusedException">The address, or one of several, is refused.</exception>
    public static async Task<Stream> ConnectAsync(
        DnsEndPoint target, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPAddress, bool, string?> whyNot, CancellationToken cancellationToken)
    {
        var byName = !IPAddress.TryParse(target.Host, out var literal);
        var addresses = byName ? await resolve(target.Host, cancellationToken) : [literal!];
        // One address inside is enough to refuse: an honest service has no reason for it.
        if (addresses.Select(address => whyNot(address, byName)).FirstOrDefault(kind => kind is not null) is { } kind)
        {
            throw new AddressRefusedException(kind);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A target turned out to lie inside somebody's network.</summary>
/// <param name="kind">As <see cref="AddressRanges.WhyNotPublic"/> says.</param>
public sealed class AddressRefusedException(string kind) : Exception($"The target leads to a {kind} address, which is not of the open internet.")
{
    /// <summary>As <see cref="AddressRanges.WhyNotPublic"/> says.</summary>
    public string Kind { get; } = kind;
}
