namespace SmartCity.Gateway;

/// <summary>
/// Requests are handled on the threads that wait for sockets, instead of being handed to another thread twice: a third
/// of what a proxied request costs on few cores. That is for a process that never blocks a thread, as the gateway alone; in
/// one process with services and their databases it stays off. The runtime reads the setting when the first socket is made.
/// </summary>
public static class InlineSockets
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    public const string On = "1";

    /// <summary>Unless whoever starts the process has said otherwise.</summary>
    public static void TurnOn()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, On);
        }
    }
}
