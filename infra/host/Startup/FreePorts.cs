using System.Net;
using System.Net.Sockets;

namespace SmartCity.Host.Startup;

/// <summary>Asks the system which ports are free, and which of ours are not.</summary>
internal static class FreePorts
{
    /// <summary>Different free loopback ports; all are held open until the last is found.</summary>
    public static int[] Pick(int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var index = 0; index < count; index++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        }
        finally
        {
            listeners.ForEach(listener => listener.Stop());
        }
    }

    public static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.ExclusiveAddressUse = true;
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
