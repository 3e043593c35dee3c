using System.Diagnostics.CodeAnalysis;

namespace Dapr.Client;

/// <summary>One operation of a transaction.</summary>
public sealed class StateTransactionRequest(
    string key, byte[]? value, StateOperationType operationType, string? etag = null, IReadOnlyDictionary<string, string>? metadata = null, StateOptions? options = null)
{
    /// <summary>How to write. A field, as in the Dapr .NET SDK.</summary>
    [SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "The SDK declares a field.")]
    public StateOptions? Options = options;

    /// <summary>The key.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>The value's bytes, usually JSON; null for a deletion.</summary>
    public byte[]? Value { get; set; } = value;

    /// <summary>Write or deletion.</summary>
    public StateOperationType? OperationType { get; set; } = operationType;

    /// <summary>The version that must be there, or null for any.</summary>
    public string? ETag { get; set; } = etag;

    /// <summary><c>ttlInSeconds</c> and whatever else the store understands.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; } = metadata;
}

/// <summary>What an operation of a transaction does.</summary>
public enum StateOperationType
{
    /// <summary>Writes a value.</summary>
    Upsert,

    /// <summary>Deletes a key.</summary>
    Delete,
}
