using Dapr.Client;

namespace Dapr;

/// <summary>A value with its key and version, to be changed and saved.</summary>
public sealed class StateEntry<TValue>(DaprClient client, string storeName, string key, TValue value, string etag)
{
    /// <summary>The state store.</summary>
    public string StoreName { get; } = storeName ?? throw new ArgumentNullException(nameof(storeName));

    /// <summary>The key.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>The value.</summary>
    public TValue Value { get; set; } = value;

    /// <summary>The version that was read.</summary>
    public string ETag { get; } = etag;

    /// <summary>Deletes whatever version is there.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused.</exception>
    public Task DeleteAsync(StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => client.DeleteStateAsync(StoreName, Key, stateOptions, metadata, cancellationToken);

    /// <summary>Saves over whatever version is there.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused.</exception>
    public Task SaveAsync(StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => client.SaveStateAsync(StoreName, Key, Value, stateOptions, metadata, cancellationToken);

    /// <summary>Saves if the version is still the one that was read; false when it is not.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused.</exception>
    public Task<bool> TrySaveAsync(StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => client.TrySaveStateAsync(StoreName, Key, Value, ETag, stateOptions, metadata, cancellationToken);

    /// <summary>Deletes if the version is still the one that was read; false when it is not.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused.</exception>
    public Task<bool> TryDeleteAsync(StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => client.TryDeleteStateAsync(StoreName, Key, ETag, stateOptions, metadata, cancellationToken);
}
