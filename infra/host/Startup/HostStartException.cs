namespace SmartCity.Host.Startup;

/// <summary>The host can't start; the message says why and what to do.</summary>
internal sealed class HostStartException(string message, Exception? inner = null) : Exception(message, inner);
