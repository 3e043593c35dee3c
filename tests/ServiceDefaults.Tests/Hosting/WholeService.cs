using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Hosting;

/// <summary>A real service on a port and database of its own, with neither sidecar nor broker, and a token that opens every door.</summary>
internal sealed class WholeService : IAsyncDisposable
{
    private const string Town = "162043";
    private static readonly string[] EveryRole = ["resident", "clerk", "officer", "clinician", "operator", "service"];

    private readonly string _folder = Directory.CreateTempSubdirectory("whole-").FullName;
    private TestDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    /// <summary>Every route that may write: all but those for reading alone.</summary>
    public IReadOnlyList<RouteEndpoint> Writes => [.. Routes.Where(endpoint => MethodsOf(endpoint).Any())];

    /// <summary>Every route for reading.</summary>
    public IReadOnlyList<RouteEndpoint> Reads => [.. Routes.Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)];

    private IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public static async Task<WholeService> StartAsync(CityService service)
    {
        var whole = new WholeService();
        whole._database = await TestDatabase.CreateAsync(whole._folder, "service");
        var region = Path.Combine(whole._folder, "region.yaml");
        await File.WriteAllTextAsync(region, $$"""
            name: Test
            municipalities:
              - { code: "{{Town}}", name: { ja: 魚津市, en: Uozu }, latitudeDegrees: 36.8, longitudeDegrees: 137.4, services: [telemetry, alerts, transit, telemedicine] }
            """);
        // Port 9 (discard) answers nobody: a service must start, and refuse, without its neighbours.
        whole._app = service.Build(
            [
                "--urls=http://127.0.0.1:0", "--environment=Development", $"--Region:File={region}",
                $"--ConnectionStrings:Database={whole._database.ConnectionString}", $"--Orleans:Directory={whole._folder}",
                "--Dapr:HttpEndpoint=http://127.0.0.1:9", "--Mqtt:Port=9", "--Mqtt:UserName=service", "--Mqtt:Password=secret",
                "--Alerts:PublicUrl=https://bousai.example/", "--Gateway:Services:alerts=http://127.0.0.1:9/", "--Gateway:Services:portal=http://127.0.0.1:9/",
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
                // Doors that open to a session in the browser open to the token too.
                builder.Services.PostConfigureAll<CookieAuthenticationOptions>(cookie => cookie.ForwardAuthenticate = JwtBearerDefaults.AuthenticationScheme);
            });
        await whole._app.StartAsync();
        whole._client = new HttpClient { BaseAddress = new Uri(whole._app.Urls.Single()) };
        return whole;
    }

    /// <summary>The methods other than reading that a route answers.</summary>
    public static IEnumerable<string> MethodsOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        return (methods is null or { Count: 0 } ? ["POST"] : methods).Except(["GET", "HEAD", "OPTIONS", "TRACE"], StringComparer.OrdinalIgnoreCase);
    }

    public static string NameOf(RouteEndpoint endpoint) => $"{string.Join(',', MethodsOf(endpoint))} {endpoint.RoutePattern.RawText}";

    /// <param name="endpoint">The route.</param>
    /// <param name="method">One of its methods.</param>
    /// <param name="value">For every route value that is not the town.</param>
    public async Task<HttpResponseMessage> SendAsync(
        RouteEndpoint endpoint, string method, string body, string mediaType, string value = "x", string query = "", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(endpoint.RoutePattern, value) + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For("everybody", EveryRole, Town));
        request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await _client.SendAsync(request);
    }

    /// <summary>The query values that a handler takes as texts.</summary>
    public static IEnumerable<string> TextsInQueryOf(RouteEndpoint endpoint)
        => (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Where(parameter => parameter.ParameterType == typeof(string) && endpoint.RoutePattern.GetParameter(parameter.Name!) is null)
            .Select(parameter => parameter.Name!);

    /// <summary>Only the beginning of the answer is waited for: some never end.</summary>
    public async Task<HttpResponseMessage> ReadAsync(RouteEndpoint endpoint, string query, string value = "x")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(endpoint.RoutePattern, value) + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For("everybody", EveryRole, Town));
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Every row of every table, as one text.</summary>
    public async Task<string> StoredAsync()
    {
        var all = new StringBuilder();
        await using var connection = await _database.OpenAsync();
        // One look: no table goes between the list and its rows. What is not committed is over with the connection.
        await connection.ExecuteAsync("BEGIN");
        foreach (var table in await connection.ColumnAsync(TestDatabase.IsPostgres
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
            : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            // Rows alone: a service at work may drop or add a table that is empty.
            foreach (var row in await RowsAsync(connection, $"SELECT * FROM \"{table}\""))
            {
                all.Append(table).Append(": ").AppendLine(row);
            }
        }

        return all.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string PathOf(RoutePattern pattern, string value)
        => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "municipality" or "code" } => Town,
            RoutePatternParameterPart { ParameterPolicies.Count: > 0 } when value == "x" => "1",
            _ => value,
        }))));

    private static async Task<List<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => Convert.ToString(reader[index], CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
