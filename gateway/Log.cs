namespace SmartCity.Gateway;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Routes version {Version}: {Towns} municipalities applied in {Milliseconds:F1} ms")]
    public static partial void RoutesApplied(this ILogger logger, long version, int towns, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "Municipality {Municipality} keeps its last good configuration: {Fault}")]
    public static partial void RouteFault(this ILogger logger, string municipality, string fault);

    [LoggerMessage(3, LogLevel.Warning, "Replica {Address} of {Service} failed three times in a row ({Error}) and is left alone for a while")]
    public static partial void CircuitOpened(this ILogger logger, string address, string service, string error);

    [LoggerMessage(4, LogLevel.Error, "A request could not be handled")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "{Service} of {Municipality} leads to a {Kind} address, which no operator agreed to: nothing was sent")]
    public static partial void TargetRefused(this ILogger logger, string service, string? municipality, string kind);

    [LoggerMessage(6, LogLevel.Warning, "The issuer's keys cannot be read")]
    public static partial void IssuerNotReached(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Replica {Address} of {Service} is {Health}")]
    public static partial void HealthChanged(this ILogger logger, string address, string service, string health);

    [LoggerMessage(8, LogLevel.Error, "The access log cannot be written; lines are lost")]
    public static partial void AccessLogFailed(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "Municipality {Municipality} is served without what is wrong in it: {Fault}")]
    public static partial void ServedWithout(this ILogger logger, string municipality, string fault);

    [LoggerMessage(9, LogLevel.Warning, "Gateway:PseudonymKey is not set: third-party services see no pseudonym of their callers")]
    public static partial void NoPseudonyms(this ILogger logger);

    [LoggerMessage(11, LogLevel.Information, "The stream of {Service} of {Municipality} broke off; its listeners stay for a second, and come back by id where it does not return")]
    public static partial void SharedStreamBroken(this ILogger logger, Exception exception, string service, string? municipality);
}
