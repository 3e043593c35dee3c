using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Towns;

/// <summary>A command that devices of a kind understand, and who may send it.</summary>
public sealed record DeviceCommand
{
    /// <summary>What the device knows it by, such as <c>open</c>; unique within the kind.</summary>
    public required string Name { get; init; }

    /// <summary>The least role that may send it.</summary>
    public CommandRole Role { get; init; }

    /// <summary>Whether an officer who did not ask for it must approve it first.</summary>
    public bool SecondPerson { get; init; }

    /// <summary>How long it is good where the sender does not say, from when it is on its way.</summary>
    public int ExpiresInSeconds { get; init; } = 60;

    /// <summary>What it takes, by name; null for nothing.</summary>
    public IReadOnlyDictionary<string, CommandArgument>? Arguments { get; init; }
}

/// <summary>Who may send a command.</summary>
public enum CommandRole
{
    /// <summary>Clerks and officers.</summary>
    [JsonStringEnumMemberName("clerk")]
    Clerk,

    /// <summary>Officers only.</summary>
    [JsonStringEnumMemberName("officer")]
    Officer,
}

/// <summary>What an argument may be.</summary>
public sealed record CommandArgument
{
    public required ArgumentType Type { get; init; }

    /// <summary>Least number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Greatest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Longest text in characters; null for <see cref="UsualLength"/>.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>The texts that there are; null for any.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether it may be left out.</summary>
    public bool Optional { get; init; }

    /// <summary>Longest text where the manifest does not say.</summary>
    public const int UsualLength = 200;
}

/// <summary>What kind of value an argument is.</summary>
public enum ArgumentType
{
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>A whole number.</summary>
    [JsonStringEnumMemberName("integer")]
    Integer,

    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>True or false.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,
}
