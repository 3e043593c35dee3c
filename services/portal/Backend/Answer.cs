using System.Diagnostics.CodeAnalysis;

namespace SmartCity.Portal.Backend;

/// <summary>How a question to another service ended.</summary>
public enum Outcome
{
    Answered,

    /// <summary>The service answered that there is no such thing.</summary>
    NotFound,

    /// <summary>The service does not know something that the question names (HTTP 400), such as a town's own hazard.</summary>
    NotUnderstood,

    /// <summary>The service did not answer, or not with sense: the page says so.</summary>
    Unreachable,

    /// <summary>The town has not onboarded the service.</summary>
    NotOffered,
}

/// <summary>What another service answered, or why it did not. A page must render in every case.</summary>
public sealed record Answer<T>(Outcome Outcome, T? Value)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsAnswered => Outcome == Outcome.Answered && Value is not null;

    public static Answer<T> Of(T value) => new(Outcome.Answered, value);

    public static Answer<T> Without(Outcome outcome) => new(outcome, null);
}
