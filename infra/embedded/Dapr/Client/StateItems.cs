using System.Runtime.InteropServices;

namespace Dapr.Client;

/// <summary>A key and its value as JSON text, of a bulk read.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BulkStateItem(string key, string value, string etag)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value; empty when the key is not there.</summary>
    public string Value { get; } = value;

    /// <summary>The version; empty when the key is not there.</summary>
    public string ETag { get; } = etag;
}

/// <summary>A key and its value, of a bulk read.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BulkStateItem<TValue>(string key, TValue? value, string etag)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value; default when the key is not there.</summary>
    public TValue? Value { get; } = value;

    /// <summary>The version; empty when the key is not there.</summary>
    public string ETag { get; } = etag;
}

/// <summary>One write of a bulk save.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SaveStateItem<TValue>(string key, TValue value, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value.</summary>
    public TValue Value { get; } = value;

    /// <summary>The version that must be there, or null for any.</summary>
    public string? ETag { get; } = etag;

    /// <summary>How to write.</summary>
    public StateOptions? StateOptions { get; } = stateOptions;

    /// <summary><c>ttlInSeconds</c> and whatever else the store understands.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}

/// <summary>One deletion of a bulk delete.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BulkDeleteStateItem(string key, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The version that must be there, or null for any.</summary>
    public string? ETag { get; } = etag;

    /// <summary>How to write.</summary>
    public StateOptions? StateOptions { get; } = stateOptions;

    /// <summary>Metadata for the store.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}
