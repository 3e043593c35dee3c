using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Authorization.Tests;

/// <summary>A real service alone: neither gateway nor sidecar nor broker stands before it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string Town = "162043";
    public const string OtherTown = "163422";

    private readonly string _folder = Directory.CreateTempSubdirectory("matrix-").FullName;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public IReadOnlyList<RouteEndpoint> Endpoints
        => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    private string Region => Path.Combine(_folder, "region.yaml");

    public static async Task<RunningService> StartAsync(CityService service, params string[] arguments)
    {
        var running = new RunningService();
        await File.WriteAllTextAsync(running.Region, string.Concat("name: Test\nmunicipalities:\n", TownYaml(Town), TownYaml(OtherTown)));
        // Port 9 (discard) answers nobody: a service must start, and refuse, without its neighbours.
        running._app = service.Build(
            [
                "--urls=http://127.0.0.1:0", "--environment=Development", $"--Region:File={running.Region}",
                $"--ConnectionStrings:Database=Data Source={Path.Combine(running._folder, "service.db")}", $"--Orleans:Directory={running._folder}",
                "--Dapr:HttpEndpoint=http://127.0.0.1:9", "--Mqtt:Port=9", "--Mqtt:UserName=service", "--Mqtt:Password=secret",
                "--Alerts:PublicUrl=https://bousai.example/", .. arguments,
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            });
        await running._app.StartAsync();
        running._client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(running._app.Urls.Single()) };
        return running;
    }

    public static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint)
        => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    /// <summary>The path of a route in <see cref="Town"/>.</summary>
    public static string PathOf(string pattern)
        => "/" + string.Join('/', RoutePatternFactory.Parse(pattern).PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "municipality" } => Town,
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Count > 0 => "1",
            _ => "x",
        }))));

    public async Task<int> SendAsync(string method, string path, string? token, string? appToken = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (appToken is not null)
        {
            request.Headers.Add("dapr-api-token", appToken);
        }

        if (method is not ("GET" or "HEAD"))
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }

        // The head is the answer: a stream has no end.
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static string TownYaml(string code)
        => $"  - {{ code: \"{code}\", name: {{ ja: 町, en: Town }}, latitudeDegrees: 36.8, longitudeDegrees: 137.4, services: [telemetry, alerts, transit, telemedicine] }}\n";
}
