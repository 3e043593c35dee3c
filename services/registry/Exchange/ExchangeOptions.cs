namespace SmartCity.Registry.Exchange;

/// <summary>Configuration section <c>Exchange</c>: the key that seals the log.</summary>
public sealed record ExchangeOptions
{
    /// <summary>
    /// File with the private key (ECDSA P-256, PEM). Where it is missing it is made, readable for its owner only. Not set:
    /// <c>exchange-signing-key.pem</c> beside an SQLite database; with PostgreSQL it must be set in production.
    /// </summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>The key itself, from a secret store; goes before the file.</summary>
    public string? SigningKeyPem { get; init; }
}
