using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// Local objects that grains call. Each has an activation like a grain, so its calls are turns too; it is never idle.
/// </summary>
internal sealed partial class Silo
{
    private static readonly DeactivationReason DeletedReason = new(DeactivationReasonCode.ApplicationRequested, "DeleteObjectReference was called.");

    public GrainReference AddObserver(IGrainObserver observer, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is GrainReference or IGrainBase)
        {
            throw new ArgumentException("Argument must not be a grain or a reference to one: a grain is passed by AsReference.", nameof(observer));
        }

        if (!interfaceType.IsInterface || !interfaceType.IsInstanceOfType(observer))
        {
            throw new ArgumentException($"{observer.GetType()} does not implement the interface {interfaceType}.", nameof(observer));
        }

        ThrowIfStopping();
        var id = ObserverId.New();
        _directory[id] = new Activation(this, id, new GrainClass(observer), null);
        return CreateReference(id, interfaceType);
    }

    public void DeleteObserver(IGrainObserver observer)
    {
        if (observer is not GrainReference reference || reference.GrainId.Type != ObserverId.Type
            || !_directory.TryGetValue(reference.GrainId, out var target))
        {
            throw new ArgumentException("Reference is not associated with a local object.", nameof(observer));
        }

        // Out of the directory at once; those whose calls still wait are told that it is gone.
        _directory.TryRemove(new(reference.GrainId, target));
        ((Activation)target).Deactivate(DeletedReason);
    }
}

/// <summary>The grain ids of local objects.</summary>
internal static class ObserverId
{
    public static readonly GrainType Type = GrainType.Create("sys.client.object");

    public static GrainId New() => new(Type, GrainIdKeyExtensions.CreateGuidKey(Guid.NewGuid()));
}
