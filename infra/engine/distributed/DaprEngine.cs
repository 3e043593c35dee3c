using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SmartCity.Engine;

/// <summary>Dapr, distributed: the SDK speaks gRPC and HTTP to daprd.</summary>
public static class DaprEngine
{
    public static void AddCityDapr(this WebApplicationBuilder builder)
    {
        var http = builder.SidecarAddress().ToString();
        var configuration = builder.Configuration;
        var grpc = configuration["Dapr:GrpcEndpoint"]
            ?? configuration["DAPR_GRPC_ENDPOINT"]
            ?? $"http://127.0.0.1:{configuration["DAPR_GRPC_PORT"] ?? "50001"}";
        builder.Services.AddDaprClient(dapr => dapr.UseHttpEndpoint(http).UseGrpcEndpoint(grpc));
    }
}
