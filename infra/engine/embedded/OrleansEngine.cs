using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace SmartCity.Engine;

/// <summary>Orleans, embedded: grains live in the service's own process.</summary>
public static class OrleansEngine
{
    public static void AddCityGrains(this WebApplicationBuilder builder)
        => builder.UseOrleans(silo => silo.UseLocalhostClustering());
}
