using Orleans.Core;
using SmartCity.Embedded.Grains;

namespace Orleans;

/// <summary>
/// A grain with one state in the storage named by <see cref="Providers.StorageProviderAttribute"/>, or the default one.
/// </summary>
/// <typeparam name="TGrainState">The type of the state.</typeparam>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    /// <summary>Binds the state; it is read before <see cref="Grain.OnActivateAsync"/>.</summary>
    protected Grain() => _storage = GrainStateBinding.Bind<TGrainState>((Activation)GrainContext, GetType());

    /// <summary>Takes a storage, for tests of the class alone.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state.</summary>
    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    /// <summary>Deletes the stored state.</summary>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <summary>Stores the state.</summary>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    /// <summary>Reads the stored state.</summary>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
