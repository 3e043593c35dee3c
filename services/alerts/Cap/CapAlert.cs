namespace SmartCity.Alerts.Cap;

/// <summary>A CAP 1.2 message (OASIS CAP-V1.2-OS section 3.2.1), every element of it.</summary>
public sealed record CapAlert
{
    /// <summary>Unique per sender; without spaces, commas, &lt; and &amp;.</summary>
    public required string Identifier { get; init; }

    /// <summary>Unique over the world; without spaces, commas, &lt; and &amp;.</summary>
    public required string Sender { get; init; }

    /// <summary>Whole seconds: <c>sent</c> carries no fraction. Its offset is the sender's.</summary>
    public required DateTimeOffset Sent { get; init; }

    public required CapStatus Status { get; init; }

    public required CapMsgType MsgType { get; init; }

    public string? Source { get; init; }

    public CapScope Scope { get; init; } = CapScope.Public;

    /// <summary>Who may have it, where the scope is Restricted.</summary>
    public string? Restriction { get; init; }

    /// <summary>For whom it is, where the scope is Private.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Flags of the sender's, such as the profile that the message follows.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    public string? Note { get; init; }

    /// <summary>The earlier messages that this one replaces, ends or answers.</summary>
    public IReadOnlyList<CapReference> References { get; init; } = [];

    /// <summary>Names of the incidents it belongs to.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    public IReadOnlyList<CapInfo> Info { get; init; } = [];
}

/// <summary>An earlier message, as <c>references</c> names it.</summary>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>A name in somebody's vocabulary with its value: eventCode, parameter, geocode.</summary>
public sealed record CapValue(string Name, string Value);
