namespace SmartCity.Alerts.Actuators;

/// <summary>Ids 230 to 235.</summary>
internal static partial class ActuatorLog
{
    [LoggerMessage(230, LogLevel.Information, "{Municipality}/{DeviceId}: command for message {MessageId} is {State} ({Why})")]
    public static partial void ActuatorSettled(this ILogger logger, string municipality, string deviceId, string messageId, string state, string why);

    [LoggerMessage(231, LogLevel.Error, "Sirens and signs of database {Owner} could not be looked after; trying again")]
    public static partial void ActuatorsNotRun(this ILogger logger, Exception exception, string owner);

    [LoggerMessage(233, LogLevel.Error, "Message {MessageId} is damaged: no siren or sign follows it")]
    public static partial void MessageNotReadable(this ILogger logger, Exception exception, string messageId);

    [LoggerMessage(232, LogLevel.Error, "{Municipality}: entries {Entries} of the setting 'actuators' cannot be used: their sirens and signs stay silent")]
    public static partial void SettingsNotUsable(this ILogger logger, string municipality, string entries);
}
