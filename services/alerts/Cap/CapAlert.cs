namespace SmartCity.Alerts.Cap;

/// <summary>A CAP 1.2 message (OASIS CAP-V1.2-OS section 3.2.1).</summary>
public sealed record CapAlert
{
    /// <summary>Unique per sender; without spaces, commas, &lt; and &amp;.</summary>
    public required string Identifier { get; init; }

    public required string Sender { get; init; }

    /// <summary>Whole seconds: <c>sent</c> carries no fraction.</summary>
    public required DateTimeOffset Sent { get; init; }

    public required CapStatus Status { get; init; }

    public required CapMsgType MsgType { get; init; }

    public CapScope Scope { get; init; } = CapScope.Public;

    public string? Source { get; init; }

    public string? Note { get; init; }

    /// <summary>The earlier messages that this one replaces or ends.</summary>
    public IReadOnlyList<CapReference> References { get; init; } = [];

    /// <summary>Names of the incidents it belongs to.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    public required IReadOnlyList<CapInfo> Info { get; init; }
}

/// <summary>An earlier message, as <c>references</c> names it.</summary>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>A name in somebody's vocabulary with its value: eventCode, parameter, geocode.</summary>
public sealed record CapValue(string Name, string Value);

/// <summary>A disc (section 3.2.4).</summary>
public sealed record CapCircle(double LatitudeDegrees, double LongitudeDegrees, double RadiusKilometres);

/// <summary>A point of a polygon.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CapPoint(double LatitudeDegrees, double LongitudeDegrees);

/// <summary>One affected area.</summary>
public sealed record CapArea
{
    public required string Description { get; init; }

    /// <summary>Each closed: the last point is the first.</summary>
    public IReadOnlyList<IReadOnlyList<CapPoint>> Polygons { get; init; } = [];

    public IReadOnlyList<CapCircle> Circles { get; init; } = [];

    public IReadOnlyList<CapValue> Geocodes { get; init; } = [];
}
