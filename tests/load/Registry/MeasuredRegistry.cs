using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SmartCity.Registry;

namespace SmartCity.Load.Registry;

/// <summary>The registry on a SQLite database of its own, with a sidecar that takes every event, and a municipality of each number it is asked for.</summary>
internal sealed class MeasuredRegistry : IAsyncDisposable
{
    private static readonly SymmetricSecurityKey Key = new("a key for benchmarks only, 32 bytes or more"u8.ToArray());
    private readonly WebApplication _registry;
    private readonly WebApplication _sidecar;
    private readonly HttpClient _client;

    private MeasuredRegistry(WebApplication registry, WebApplication sidecar)
    {
        (_registry, _sidecar) = (registry, sidecar);
        _client = new HttpClient { BaseAddress = new Uri(AddressOf(registry)), Timeout = TimeSpan.FromMinutes(2) };
    }

    public static async Task<MeasuredRegistry> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var sidecar = builder.Build();
        sidecar.MapFallback(() => Results.NoContent());
        await sidecar.StartAsync(cancellationToken);
        var registry = RegistryService.Definition.Build(
            [
                "--urls", "http://127.0.0.1:0", "--environment", "Development",
                "--ConnectionStrings:Database", "Data Source=" + Path.Combine(folder, "registry.db"),
                "--Dapr:HttpEndpoint", AddressOf(sidecar),
            ],
            service =>
            {
                service.Logging.ClearProviders();
                service.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
                {
                    bearer.TokenValidationParameters.IssuerSigningKey = Key;
                    bearer.TokenValidationParameters.ValidateIssuer = false;
                });
            });
        await registry.StartAsync(cancellationToken);
        return new MeasuredRegistry(registry, sidecar);
    }

    /// <summary>Sends a request as a person of a municipality and returns the answer's text.</summary>
    /// <exception cref="HttpRequestException">It was refused; the message says why.</exception>
    public async Task<string> SendAsync(
        HttpMethod method, string path, HttpContent? content, string person, string role, string municipality, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, "/api/registry/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(person, role, municipality));
        using var response = await _client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    private static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static string TokenOf(string person, string role, string municipality) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Audience = "smartcity",
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = person, ["role"] = role, ["municipality"] = municipality },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });
}
