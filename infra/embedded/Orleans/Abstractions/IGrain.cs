using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain interface. Use one of the keyed forms.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain with a string key.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain with a <see cref="long"/> key.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain with a <see cref="Guid"/> key.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain with a <see cref="long"/> key and a string extension.</summary>
    public interface IGrainWithIntegerCompoundKey : IGrain;

    /// <summary>A grain with a <see cref="Guid"/> key and a string extension.</summary>
    public interface IGrainWithGuidCompoundKey : IGrain;

    /// <summary>An object, or a grain, that grains tell of what happens. Its methods may also return nothing: they are one-way then.</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>The parts of a grain class that the runtime calls.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first request; an exception fails the activation.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last request.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }
}

namespace Orleans.Runtime
{
    /// <summary>Something with a grain id: a grain or a reference to one.</summary>
    public interface IAddressable;
}
