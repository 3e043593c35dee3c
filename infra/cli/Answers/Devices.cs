using SmartCity.Contracts;

namespace SmartCity.Cli.Answers;

/// <summary>What an installer needs to connect a device. The key is in this answer once.</summary>
internal sealed record Access
{
    public string? KeyId { get; init; }

    public string? Key { get; init; }

    public required string UserName { get; init; }

    public required string Topic { get; init; }

    /// <summary>The QR code for a terminal.</summary>
    public string? QrText { get; init; }

    /// <summary>What to do where there is no key.</summary>
    public string? Hint { get; init; }

    public IReadOnlyList<Notice>? Notices { get; init; }
}

/// <summary>A key without the key itself.</summary>
internal sealed record KeyRow(string Id, string State, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>What an import would do.</summary>
internal sealed record ImportCheck(int Valid, IReadOnlyList<Notice> Notices);
