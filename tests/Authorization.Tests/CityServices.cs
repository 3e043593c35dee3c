using System.Reflection;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Authorization.Tests;

/// <summary>Every service that there is, by the app ids of the platform: one that is added cannot be forgotten here.</summary>
internal static class CityServices
{
    private static readonly string Root = typeof(CityServices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<CityService> All { get; } = [.. AppIds.InPortOrder.Where(IsBuilt).Select(DefinitionOf)];

    /// <summary>App ids of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(service => service.AppId)];

    public static CityService Of(string appId) => All.Single(service => service.AppId == appId);

    // An app id may have its port before it has a service.
    private static bool IsBuilt(string appId)
        => File.Exists(Path.Combine(Root, "services", appId, $"SmartCity.{Pascal(appId)}.csproj")) || File.Exists(Path.Combine(Root, appId, $"SmartCity.{Pascal(appId)}.csproj"));

    private static CityService DefinitionOf(string appId)
    {
        var name = Pascal(appId);
        return Type.GetType($"SmartCity.{name}.{name}Service, SmartCity.{name}")?.GetProperty("Definition")?.GetValue(null) as CityService
            ?? throw new InvalidOperationException($"{appId} is not tested: refer to its project from SmartCity.Authorization.Tests.csproj, and have SmartCity.{name}.{name}Service.Definition.");
    }

    private static string Pascal(string appId) => char.ToUpperInvariant(appId[0]) + appId[1..];
}
