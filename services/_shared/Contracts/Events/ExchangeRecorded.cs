namespace SmartCity.Contracts.Events;

/// <summary>Event <see cref="Topics.ExchangeRecorded"/>: personal data was read or written across services or towns.</summary>
public sealed record ExchangeRecorded
{
    /// <summary>The registry's inbox knows the event by this: however often it is delivered, it is one record.</summary>
    public required string EventId { get; init; }

    /// <summary>The town whose resident's data it is.</summary>
    public required string Municipality { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>App id of the service that held the data.</summary>
    public required string Service { get; init; }

    /// <summary>What was done, such as <c>exchange-log.read</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Who did it.</summary>
    public required ExchangeActor Actor { get; init; }

    /// <summary>For whom the actor acted, by a grant; null when for themself or by office.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The grant by which the actor acted.</summary>
    public string? GrantId { get; init; }

    /// <summary>A code of the stated list of purposes.</summary>
    public required string Purpose { get; init; }

    /// <summary>The purpose in the actor's own words.</summary>
    public string? PurposeText { get; init; }

    /// <summary>Pseudonymous id of the person whose data it is; null where it was the data of many.</summary>
    public string? Subject { get; init; }

    /// <summary><c>ok</c>, <c>refused</c> or <c>failed</c>.</summary>
    public required string Result { get; init; }
}

/// <param name="Subject">Token subject.</param>
/// <param name="Role">The role in which they acted.</param>
/// <param name="Municipality">The town of their token.</param>
public sealed record ExchangeActor(string Subject, string Role, string Municipality);
