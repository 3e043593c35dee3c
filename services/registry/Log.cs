namespace SmartCity.Registry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Change {Id} of {Municipality} waits for a second person: {Added} to add, {Changed} to change, {Removed} to remove; proposed by {Person}")]
    public static partial void ChangeFiled(this ILogger logger, long id, string municipality, int added, int changed, int removed, string person);

    [LoggerMessage(2, LogLevel.Information, "Change {Id} of {Municipality} is in force as version {Version}: proposed by {Proposer}, approved by {Approver}")]
    public static partial void ChangeApplied(this ILogger logger, long id, string municipality, long version, string proposer, string approver);

    [LoggerMessage(3, LogLevel.Information, "Change {Id} of {Municipality} was rejected by {Person}")]
    public static partial void ChangeRejected(this ILogger logger, long id, string municipality, string person);

    [LoggerMessage(4, LogLevel.Warning, "What {Service} holds of {Municipality} is not known; a plan that takes it away asks for allowDestroy")]
    public static partial void HoldingsNotKnown(this ILogger logger, Exception exception, string service, string municipality);

    [LoggerMessage(5, LogLevel.Warning, "The towns could not be read; the last known stay in force, trying again")]
    public static partial void TownsNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "Municipality {Municipality} was set up from the demo region with {Devices} devices")]
    public static partial void Seeded(this ILogger logger, string municipality, int devices);

    [LoggerMessage(20, LogLevel.Information, "Key {KeyId} of {Municipality}/{Device} was made by {Person}; {Older} older ones stop in {OverlapSeconds} s")]
    public static partial void KeyMade(this ILogger logger, string keyId, string municipality, string device, int older, double overlapSeconds, string person);

    [LoggerMessage(21, LogLevel.Information, "{Count} keys of {Municipality}/{Device} were revoked by {Person}")]
    public static partial void KeysRevoked(this ILogger logger, int count, string municipality, string device, string person);

    [LoggerMessage(22, LogLevel.Warning, "The device keys could not be read; trying again")]
    public static partial void KeysNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Information, "{Count} devices of {Municipality} were registered by {Person} as version {Version}")]
    public static partial void DevicesRegistered(this ILogger logger, int count, string municipality, string person, long version);
}
