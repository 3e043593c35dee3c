using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceTestKit;

namespace SmartCity.Registry.Tests.Hosting;

/// <summary>The whole service on a port of its own, with its own database, a stand-in for its sidecar and a movable clock.</summary>
public sealed class RegistryApp : IAsyncDisposable
{
    public const string Town = "172022";
    public const string OtherTown = "162043";

    /// <summary>How long a test waits for something that must happen before it gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WebApplication _app = null!;

    private Action<IServiceCollection>? _services;

    private RegistryApp(StubSidecar sidecar) => Sidecar = sidecar;

    public string Folder { get; } = Directory.CreateTempSubdirectory("registry-").FullName;

    public TestDatabase Database { get; private set; } = null!;

    public StubSidecar Sidecar { get; }

    public ShiftedClock Clock { get; } = new();

    /// <summary>Without a token.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static Task<RegistryApp> StartAsync(params string[] arguments) => StartAsync(null, arguments);

    /// <param name="services">What stands in for the world outside.</param>
    public static async Task<RegistryApp> StartAsync(Action<IServiceCollection>? services, params string[] arguments)
    {
        var app = new RegistryApp(await StubSidecar.StartAsync()) { _services = services };
        app.Database = await TestDatabase.CreateAsync(app.Folder, "registry");
        await app.StartServiceAsync(arguments);
        return app;
    }

    /// <summary>Stops the process and starts another on the same database.</summary>
    public async Task RestartAsync(params string[] arguments)
    {
        await StopServiceAsync();
        await StartServiceAsync(arguments);
    }

    /// <summary>Sends a request as a person of a town.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string person = "clerk-1", string role = "clerk", string town = Town, string? mediaType = null)
    {
        using var request = new HttpRequestMessage(method, "/api/registry/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(person, role, town));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType ?? "application/octet-stream") } },
            string text => new StringContent(text, Encoding.UTF8, mediaType ?? "application/yaml"),
            _ => JsonContent.Create(body),
        };
        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> ProposeAsync(string manifest, string town = Town, string person = "clerk-1", bool allowDestroy = false)
        => SendAsync(HttpMethod.Put, $"municipalities/{town}/manifest?allowDestroy={(allowDestroy ? "true" : "false")}", manifest, person, town: town);

    public Task<HttpResponseMessage> ApproveAsync(long change, string person = "officer-1", string role = "officer", string town = Town, object? body = null)
        => SendAsync(HttpMethod.Post, $"changes/{change}/approve", body, person, role, town);

    /// <summary>Two people put a manifest in force.</summary>
    public async Task OnboardAsync(string manifest, string town = Town)
    {
        var proposed = await ProposeAsync(manifest, town);
        var change = await ReadAsync(proposed);
        (await ApproveAsync((long)change["id"]!, town: town)).EnsureSuccessStatusCode();
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
        => (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync(), documentOptions: new JsonDocumentOptions { MaxDepth = 64 })!;

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await Sidecar.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartServiceAsync(string[] arguments)
    {
        string[] all =
        [
            "--urls", "http://127.0.0.1:0",
            "--environment", "Development",
            "--ConnectionStrings:Database", Database.ConnectionString,
            "--Dapr:HttpEndpoint", Sidecar.Address,
            // Beside an SQLite file it is found by itself.
            .. TestDatabase.IsPostgres ? ["--Exchange:SigningKeyFile", Path.Combine(Folder, "exchange-signing-key.pem")] : Array.Empty<string>(),
            .. arguments,
        ];
        _app = RegistryService.Definition.Build(all, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(Clock);
            _services?.Invoke(builder.Services);
            builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
        });
        await _app.StartAsync();
        Client = new HttpClient
        {
            BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
    }

    private async Task StopServiceAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
