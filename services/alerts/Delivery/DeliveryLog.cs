namespace SmartCity.Alerts.Delivery;

/// <summary>Ids 60 to 79. Addresses are in none of them.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(60, LogLevel.Warning, "Recipients could not be written down; trying again")]
    public static partial void NotPlanned(this ILogger logger, Exception exception);

    [LoggerMessage(61, LogLevel.Warning, "Deliveries by {Channel} could not be taken; trying again")]
    public static partial void DeliveriesNotTaken(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(62, LogLevel.Warning, "Outcomes of {Count} deliveries could not be written; trying again, and what is lost with this process is tried anew")]
    public static partial void OutcomesNotWritten(this ILogger logger, Exception exception, int count);

    [LoggerMessage(63, LogLevel.Error, "A delivery by {Channel} broke off; it is tried again when its lease ends")]
    public static partial void DeliveryBroke(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(64, LogLevel.Information, "{Municipality}: an address of channel {Channel} is gone and was removed")]
    public static partial void AddressGone(this ILogger logger, string municipality, string channel);

    [LoggerMessage(65, LogLevel.Information, "{Municipality}: {Count} recipients are written down for message {Sequence}")]
    public static partial void Planned(this ILogger logger, string municipality, long count, long sequence);

    [LoggerMessage(66, LogLevel.Warning, "A confirmation mail could not be sent ({Why}), attempt {Attempt}")]
    public static partial void ConfirmationNotSent(this ILogger logger, string why, int attempt);

    [LoggerMessage(67, LogLevel.Warning, "Confirmation mails could not be looked for; trying again")]
    public static partial void ConfirmationsNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(68, LogLevel.Warning, "{Municipality}: self-test {Id}: {Channel} did not deliver ({Why})")]
    public static partial void SelfTestFailed(this ILogger logger, string municipality, string id, string channel, string why);

    [LoggerMessage(69, LogLevel.Information, "{Municipality}: self-test {Id} began, by {Officer}")]
    public static partial void SelfTestBegan(this ILogger logger, string municipality, string id, string officer);

    [LoggerMessage(70, LogLevel.Warning, "Self-tests could not be begun or reported; trying again")]
    public static partial void SelfTestsNotRun(this ILogger logger, Exception exception);

    [LoggerMessage(71, LogLevel.Error, "{Municipality}: an address of channel {Channel} is damaged or its key is gone; the delivery goes to the person's next address or fails")]
    public static partial void AddressNotReadable(this ILogger logger, Exception exception, string municipality, string channel);

    [LoggerMessage(72, LogLevel.Error, "Message {Sequence} is damaged; its deliveries fail")]
    public static partial void MessageNotReadable(this ILogger logger, Exception exception, long sequence);

    [LoggerMessage(73, LogLevel.Error, "{Municipality}: recipients of message {Sequence} can't be found out; trying again")]
    public static partial void MessageNotPlanned(this ILogger logger, Exception exception, string municipality, long sequence);

    [LoggerMessage(74, LogLevel.Error, "{Municipality}: a confirmation mail could not be made; its mailbox must be subscribed again")]
    public static partial void ConfirmationBroke(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(75, LogLevel.Warning, "Keys of Web Push messages could not be made ahead; they are made when they are needed, and this is tried again")]
    public static partial void PushesNotPrepared(this ILogger logger, Exception exception);
}
