using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Gateway.Tests.Hosting;

/// <summary>The whole gateway on a port of its own, with services of the test behind it and an issuer of its own.</summary>
public sealed class GatewayApp : IAsyncDisposable
{
    /// <summary>How long a test waits for something that must happen before it gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Backend> _backends = [];
    private WebApplication _app = null!;

    /// <summary>The towns; a change is live when <see cref="TownDirectory.Change"/> returns.</summary>
    public TownDirectory Towns { get; } = new();

    public Issuer Issuer { get; private set; } = null!;

    /// <summary>Without a token; follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <param name="platform">Services of the platform by app id.</param>
    public static async Task<GatewayApp> StartAsync(
        IReadOnlyDictionary<string, Backend>? platform = null, Action<IServiceCollection>? services = null, params string[] arguments)
    {
        var gateway = new GatewayApp { Issuer = await Issuer.StartAsync() };
        gateway._backends.AddRange(platform?.Values ?? []);
        string[] all =
        [
            "--urls", "http://127.0.0.1:0",
            "--environment", "Development",
            "--Region:File", "the test's own towns",
            "--Identity:Authority", gateway.Issuer.Address,
            "--Gateway:PseudonymKey", Convert.ToBase64String(new byte[32]),
            "--Gateway:AccessLog:Enabled", "false",
            .. (platform ?? new Dictionary<string, Backend>(StringComparer.Ordinal)).SelectMany(service => (string[])["--Gateway:Services:" + service.Key, service.Value.Address]),
            .. arguments,
        ];
        gateway._app = GatewayService.Definition.Build(all, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(gateway.Towns);
            services?.Invoke(builder.Services);
        });
        await gateway._app.StartAsync();
        gateway.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(gateway.Address) };
        return gateway;
    }

    /// <summary>Serves a town whose third-party services are these.</summary>
    public void Serve(Town town) => Towns.Change([town], []);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers)
        => SendAsync(HttpMethod.Get, path, token, null, headers);

    public async Task<string> GetTextAsync(string path, string? token = null, params (string Name, string Value)[] headers)
    {
        using var answer = await GetAsync(path, token, headers);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>The code of a refusal: the end of its problem type.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("type").GetString()!.Replace("urn:smartcity:problem:", "", StringComparison.Ordinal);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Issuer.DisposeAsync();
        foreach (var backend in _backends)
        {
            await backend.DisposeAsync();
        }
    }
}
