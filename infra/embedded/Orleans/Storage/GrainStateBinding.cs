using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace SmartCity.Embedded.Grains;

/// <summary>Finds the storage of a state and has the activation read it before the grain's first turn.</summary>
internal static class GrainStateBinding
{
    public static IStorage<T> Bind<T>(Activation activation, Type grainClass)
    {
        var provider = grainClass.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName;
        return Bind<T>(activation, grainClass.FullName ?? grainClass.Name, provider);
    }

    public static PersistentState<T> Bind<T>(Activation activation, IPersistentStateConfiguration configuration) =>
        Bind<T>(activation, configuration.StateName, configuration.StorageName);

    private static PersistentState<T> Bind<T>(Activation activation, string stateName, string? storageName)
    {
        var services = activation.ActivationServices;
        var named = !string.IsNullOrWhiteSpace(storageName);
        var storage = named ? services.GetKeyedService<IGrainStorage>(storageName) : services.GetService<IGrainStorage>();
        if (storage is null)
        {
            throw new BadProviderConfigException(named
                ? $"No storage provider named \"{storageName}\" found loading grain type {activation.GrainId.Type}."
                : $"No default storage provider found loading grain type {activation.GrainId.Type}.");
        }

        var state = new PersistentState<T>(stateName, activation, storage);
        activation.AddState(state);
        return state;
    }
}
