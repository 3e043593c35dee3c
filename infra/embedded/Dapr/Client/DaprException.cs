namespace Dapr;

/// <summary>The sidecar could not be reached, or answered with a failure; the inner exception says which.</summary>
public class DaprException : Exception
{
    /// <summary>Makes the exception with a message.</summary>
    public DaprException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public DaprException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
