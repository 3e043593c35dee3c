using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.Hosting;

/// <summary>
/// What services say to each other (<c>/internal</c>, <c>/events</c>, <c>/dapr</c>) is answered to the service's own sidecar
/// only, which proves itself by Dapr's app API token: configuration <c>APP_API_TOKEN</c>, header <c>dapr-api-token</c>
/// (Dapr documentation, "Authenticate requests from Dapr using token authentication"). The gateway has no route there;
/// this is for whoever reaches the service's port itself. Without the setting everybody who does is believed.
/// </summary>
internal sealed class InsideGuard(RequestDelegate next, IConfiguration configuration)
{
    public const string Setting = "APP_API_TOKEN";
    public const string Header = "dapr-api-token";

    private static readonly PathString[] Inside = ["/internal", "/events", "/dapr"];
    private readonly byte[]? _token = configuration[Setting] is { Length: > 0 } token ? Hash(token) : null;

    public Task InvokeAsync(HttpContext context)
        => _token is null || !Array.Exists(Inside, prefix => context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            || CryptographicOperations.FixedTimeEquals(_token, Hash(context.Request.Headers[Header].ToString()))
            ? next(context)
            : Problem.Of(StatusCodes.Status401Unauthorized, "not-from-sidecar", "This address is for the platform itself.",
                $"Requests come through the service's sidecar, which sends '{Header}'. Nothing was read or saved.").ExecuteAsync(context);

    // Hashes have one length, so the comparison says nothing about the token's.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
