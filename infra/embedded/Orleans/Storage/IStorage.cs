namespace Orleans.Core
{
    /// <summary>A state in a storage.</summary>
    public interface IStorage
    {
        /// <summary>The version that was last read or written; null when there is none.</summary>
        string? Etag { get; }

        /// <summary>Whether the storage holds a record.</summary>
        bool RecordExists { get; }

        /// <summary>Deletes the record.</summary>
        Task ClearStateAsync();

        /// <summary>Stores the state; a version that is not the stored one throws InconsistentStateException.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the record.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A state of a known type in a storage.</summary>
    /// <typeparam name="TState">The type.</typeparam>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The state in memory.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    using Orleans.Core;

    /// <summary>A state of a grain, injected by <see cref="PersistentStateAttribute"/> and read on activation.</summary>
    /// <typeparam name="TState">The type.</typeparam>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>The names behind a persistent state.</summary>
    public interface IPersistentStateConfiguration
    {
        /// <summary>The name of the state.</summary>
        string StateName { get; }

        /// <summary>The storage's registered name; null for the default storage.</summary>
        string? StorageName { get; }
    }

    /// <summary>Injects an <see cref="IPersistentState{TState}"/> into a grain's constructor.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute : Attribute, IFacetMetadata, IPersistentStateConfiguration
    {
        /// <summary>Names the state and its storage.</summary>
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            StateName = stateName;
            StorageName = storageName;
        }

        /// <inheritdoc/>
        public string StateName { get; }

        /// <inheritdoc/>
        public string? StorageName { get; }
    }
}
