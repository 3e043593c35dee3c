using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace SmartCity.Gateway.Headers;

/// <summary>
/// Headers by which services and sidecars know each other are worth nothing from outside: all <c>dapr-*</c> and
/// <c>x-smartcity-*</c> headers are removed before a request is passed on.
/// </summary>
internal sealed class InternalHeaders : ITransformProvider
{
    private static readonly string[] Prefixes = ["dapr-", "x-smartcity-"];

    public void Apply(TransformBuilderContext context)
        => context.AddRequestTransform(transform =>
        {
            foreach (var name in transform.ProxyRequest.Headers.Select(header => header.Key).Where(IsInternal).ToList())
            {
                transform.ProxyRequest.Headers.Remove(name);
            }

            return ValueTask.CompletedTask;
        });

    public void ValidateRoute(TransformRouteValidationContext context)
    {
        // Nothing to configure per route.
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
        // Nothing to configure per cluster.
    }

    private static bool IsInternal(string header)
        => Array.Exists(Prefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
