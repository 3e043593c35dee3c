namespace SmartCity.Gateway.Forwarding;

/// <summary>A third-party service's name leads to an address where requests of a town must not go.</summary>
public sealed class TargetRefusedException(string kind) : IOException($"The address is {kind}.")
{
    /// <summary>Such as <c>link-local</c>.</summary>
    public string Kind { get; } = kind;
}
