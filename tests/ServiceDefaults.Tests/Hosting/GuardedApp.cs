using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Hosting;

/// <summary>The smallest service there is, with a route of each kind; it remembers what reached a handler.</summary>
internal sealed class GuardedApp : IAsyncDisposable
{
    public const string Town = "162043";

    private readonly string _folder = Directory.CreateTempSubdirectory("guard-").FullName;
    private WebApplication _app = null!;

    /// <summary>Bodies as the handlers read them.</summary>
    public List<string> Handled { get; } = [];

    public HttpClient Client { get; private set; } = null!;

    public static async Task<GuardedApp> StartAsync(IGrantDirectory? grants = null)
    {
        var guarded = new GuardedApp();
        var region = Path.Combine(guarded._folder, "region.yaml");
        await File.WriteAllTextAsync(region, $$"""
            name: Test
            municipalities:
              - { code: "{{Town}}", name: { ja: 魚津市, en: Uozu }, latitudeDegrees: 36.8, longitudeDegrees: 137.4, services: [alerts] }
            """);
        guarded._app = new CityService("alerts", _ => { }, guarded.Map).Build(
            ["--urls=http://127.0.0.1:0", "--environment=Development", $"--Region:File={region}", "--Dapr:HttpEndpoint=http://127.0.0.1:9"],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.AddCityExchange("alerts");
                if (grants is not null)
                {
                    builder.Services.AddSingleton(grants);
                }

                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            });
        await guarded._app.StartAsync();
        guarded.Client = new HttpClient { BaseAddress = new Uri(guarded._app.Urls.Single()) };
        return guarded;
    }

    public Task<HttpResponseMessage> PostAsync(string body, string mediaType, string path = "/notes")
        => SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, mediaType));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? token = null, string? onBehalfOf = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (onBehalfOf is not null)
        {
            request.Headers.Add("On-Behalf-Of", onBehalfOf);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The places that a refusal names.</summary>
    public static async Task<string[]> RefusedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(422, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        MyNumber.IsIn(text).ShouldBeFalse();
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("type").GetString().ShouldBe("urn:smartcity:problem:my-number-refused");
        return [.. problem.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Map(WebApplication app)
    {
        app.MapMethods("/notes/{id?}", ["GET", "POST", "PUT", "PATCH", "DELETE"], HandleAsync);
        app.MapPost("/zip", HandleAsync).WithoutMyNumberCheck("A zip is no text.");
        app.MapPost("/small", HandleAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(100));
        app.MapGet("/mine", (HttpContext http) => Results.Ok(http.EffectiveSubject())).RequireAuthorization().AllowOnBehalf(GrantScopes.ReadExchangeLog);
        app.MapGet("/towns/{municipality}/mine", (HttpContext http) => Results.Ok(http.EffectiveSubject())).RequireAuthorization().AllowOnBehalf(GrantScopes.ReadExchangeLog);
        app.MapPost("/towns/{municipality}/officers", HandleAsync).RequireAuthorization(CityPolicies.Officer);
    }

    private async Task<IResult> HandleAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Handled.Add(await reader.ReadToEndAsync());
        return Results.NoContent();
    }
}
