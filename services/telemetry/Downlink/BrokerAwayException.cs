namespace SmartCity.Telemetry.Downlink;

/// <summary>The broker did not take a message, and it is not known whether it has it.</summary>
public sealed class BrokerAwayException : Exception
{
    public BrokerAwayException(string message)
        : base(message)
    {
    }

    public BrokerAwayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
