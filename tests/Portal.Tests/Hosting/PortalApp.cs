using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>The portal as it runs, on a port of its own, with a fake city behind it.</summary>
public sealed class PortalApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private PortalApp(WebApplication app, FakeCity city, string folder, FaultLog faults)
    {
        Faults = faults;
        _app = app;
        _folder = folder;
        City = city;
        // No cookie jar and no redirects: every request says all that it says.
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>A machine that is busy with other tests must not look like a service that hangs.</summary>
    internal static string[] Patience { get; } = ["--Portal:Patience:AlertsMilliseconds", "60000", "--Portal:Patience:TelemetryMilliseconds", "60000"];

    public FakeCity City { get; }

    public HttpClient Client { get; }

    /// <summary>What an operator finds in the log.</summary>
    public FaultLog Faults { get; }

    public static async Task<PortalApp> StartAsync(string region = Samples.Region)
    {
        var city = await FakeCity.StartAsync();
        var folder = Directory.CreateTempSubdirectory("portal-tests-").FullName;
        var regionFile = Path.Combine(folder, "region.yaml");
        await File.WriteAllTextAsync(regionFile, region);
        var faults = new FaultLog();
        var app = PortalService.Definition.Build(
            ["--environment", "Development", "--urls", "http://127.0.0.1:0", "--Region:File", regionFile, "--Dapr:HttpEndpoint", city.Address, .. Patience],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(FixedClock.Evening);
                builder.Logging.ClearProviders();
                builder.Logging.AddProvider(faults);
            });
        await app.StartAsync();
        return new PortalApp(app, city, folder, faults);
    }

    /// <summary>The HTML of a page that must answer 200.</summary>
    public async Task<string> GetAsync(string path, string? acceptLanguage = null)
    {
        using var response = await SendAsync(path, acceptLanguage);
        var html = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)response.StatusCode} {html}");
        return html;
    }

    /// <summary>Asks as a browser does.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string? acceptLanguage = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        if (acceptLanguage is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        }

        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await City.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
