using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceTestKit;
using SmartCity.TestKit;

namespace SmartCity.Transit.Tests.Hosting;

/// <summary>The whole service on a port of its own, with its own database and a clock that stands still.</summary>
public sealed class TransitApp : IAsyncDisposable
{
    public const string Uozu = "162043";
    public const string Nyuzen = "163422";
    public const string Saga = "412015";

    /// <summary>Thursday, 2 July 2026, 7:50 in Japan.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 7, 2, 7, 50, 0, TimeSpan.FromHours(9));

    public static readonly string Clerk = TestTokens.For("clerk-uozu", "clerk", Uozu);

    private readonly Action<IServiceCollection>? _services;
    private WebApplication _app = null!;
    private string _manifest;

    private TransitApp(string manifest, Action<IServiceCollection>? services) => (_manifest, _services) = (manifest, services);

    public string Folder { get; } = Directory.CreateTempSubdirectory("transit-").FullName;

    public TestDatabase Database { get; private set; } = null!;

    public FakeClock Clock { get; } = new();

    /// <summary>Without a token.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <param name="manifest">More of Uozu's manifest, one line, such as <c>transitFeeds: [{ id: bus, source: bus.zip }]</c>.</param>
    /// <param name="files">Files beside the region file.</param>
    /// <param name="services">Registrations in place of the service's own.</param>
    public static async Task<TransitApp> StartAsync(string manifest = "", IReadOnlyDictionary<string, byte[]>? files = null, Action<IServiceCollection>? services = null)
    {
        var app = new TransitApp(manifest, services);
        foreach (var (name, content) in files ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
        {
            app.WriteFile(name, content);
        }

        app.Clock.Advance(Morning - app.Clock.GetUtcNow());
        app.Database = await TestDatabase.CreateAsync(app.Folder, "transit");
        await app.StartServiceAsync();
        return app;
    }

    public static string Town(string path, string municipality = Uozu) => $"/api/{municipality}/transit/{path}";

    public void WriteFile(string name, byte[] content) => File.WriteAllBytes(Path.Combine(Folder, name), content);

    /// <summary>Stops the process and starts another on the same database.</summary>
    public async Task RestartAsync(string? manifest = null)
    {
        _manifest = manifest ?? _manifest;
        await StopServiceAsync();
        await StartServiceAsync();
    }

    /// <summary>Hands a feed in and expects it to be taken.</summary>
    public async Task<JsonElement> ImportAsync(byte[] zip, string? feed = null, string municipality = Uozu)
    {
        using var response = await PostFeedAsync(zip, feed, municipality: municipality);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await JsonAsync(response);
    }

    public async Task<HttpResponseMessage> PostFeedAsync(byte[] zip, string? feed = null, string? token = null, string municipality = Uozu, string mediaType = "application/zip")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Town("feeds", municipality) + (feed is null ? "" : "?feed=" + feed)) { Content = new ByteArrayContent(zip) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? TestTokens.For("clerk", "clerk", municipality));
        return await Client.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string path, string municipality = Uozu)
    {
        using var response = await Client.GetAsync(new Uri(Town(path, municipality), UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await JsonAsync(response);
    }

    public async Task<IReadOnlyList<JsonElement>> ItemsAsync(string path, string municipality = Uozu)
        => [.. (await GetAsync(path, municipality)).GetProperty("items").EnumerateArray()];

    /// <summary>The stable code of a refusal: the end of its problem type.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await JsonAsync(response)).GetProperty("type").GetString()!.Replace("urn:smartcity:problem:", "", StringComparison.Ordinal);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartServiceAsync()
    {
        var region = Path.Combine(Folder, "region.yaml");
        await File.WriteAllTextAsync(region, $$"""
            name: Test
            municipalities:
              - code: "{{Uozu}}"
                name: { ja: 魚津市, en: Uozu }
                latitudeDegrees: 36.8273
                longitudeDegrees: 137.4092
                services: [transit]
                {{_manifest}}
              - code: "{{Nyuzen}}"
                name: { ja: 入善町, en: Nyuzen }
                latitudeDegrees: 36.9336
                longitudeDegrees: 137.5022
                services: [transit]
              - code: "{{Saga}}"
                name: { ja: 佐賀市, en: Saga }
                latitudeDegrees: 33.2635
                longitudeDegrees: 130.3009
                services: [telemetry]
            """);
        // Port 9 (discard) answers nobody: what is tested here needs no neighbour.
        string[] arguments =
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Region:File", region,
            "--ConnectionStrings:Database", Database.ConnectionString, "--Dapr:HttpEndpoint", "http://127.0.0.1:9",
            "--Orleans:Directory", Path.Combine(Folder, "grains"),
        ];
        _app = TransitService.Definition.Build(arguments, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            _services?.Invoke(builder.Services);
        });
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    private async Task StopServiceAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
