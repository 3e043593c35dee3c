using System.Net.Http.Headers;
using System.Text;
using Dapr.Client;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Support;

/// <summary>A real sidecar with a directory of its own; app <c>publisher</c> only publishes.</summary>
internal sealed class TestSidecar : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly bool _ownsDirectory;

    private TestSidecar(DaprSidecarOptions options, TimeProvider? clock, bool ownsDirectory)
    {
        Options = options;
        Sidecar = new DaprSidecar(options, Logs, clock);
        _ownsDirectory = ownsDirectory;
    }

    public DaprSidecarOptions Options { get; }

    public DaprSidecar Sidecar { get; }

    /// <summary>What the sidecar logged.</summary>
    public LogLines Logs { get; } = new();

    public static DaprDeliveryOptions Quick { get; } = new()
    {
        InitialBackoff = TimeSpan.FromMilliseconds(1),
        MaximumBackoff = TimeSpan.FromMilliseconds(20),
        InitialProbePause = TimeSpan.FromMilliseconds(1),
        MaximumProbePause = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>Starts with the given apps, whose addresses may be null, and waits for those that have one.</summary>
    public static async Task<TestSidecar> StartAsync(
        IReadOnlyDictionary<string, Uri?> apps, Func<DaprSidecarOptions, DaprSidecarOptions>? configure = null, string? directory = null, TimeProvider? clock = null)
    {
        var options = new DaprSidecarOptions
        {
            DataDirectory = directory ?? NewDirectory(),
            Apps = [new DaprAppOptions { AppId = "publisher" }, .. apps.Select(a => new DaprAppOptions { AppId = a.Key, AppAddress = a.Value })],
            Delivery = Quick,
        };
        var sidecar = new TestSidecar(configure?.Invoke(options) ?? options, clock, ownsDirectory: directory is null);
        await sidecar.Sidecar.StartAsync().Soon();
        foreach (var appId in apps.Where(a => a.Value is not null).Select(a => a.Key))
        {
            await sidecar.Sidecar.WaitForAppAsync(appId).Soon();
        }

        return sidecar;
    }

    public static Task<TestSidecar> StartAsync(string appId, Uri? address, Func<DaprSidecarOptions, DaprSidecarOptions>? configure = null, string? directory = null, TimeProvider? clock = null)
        => StartAsync(new Dictionary<string, Uri?> { [appId] = address }, configure, directory, clock);

    public static string NewDirectory() => Directory.CreateTempSubdirectory("dapr-tests-").FullName;

    public Uri UriOf(string path, string appId = "publisher") => new(Sidecar.AddressOf(appId), path);

    public DaprClient ClientOf(string appId) => new DaprClientBuilder().UseHttpEndpoint(Sidecar.AddressOf(appId).ToString()).Build();

    public Task<HttpResponseMessage> PublishAsync(string topic, string body, string? contentType = "application/json", string query = "")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, UriOf($"/v1.0/publish/pubsub/{topic}{query}")) { Content = content });
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).Soon();

    /// <summary>Copies what is on disk at this moment: what a killed process would leave behind.</summary>
    public string CopyOfDirectory()
    {
        var copy = NewDirectory();
        Directory.CreateDirectory(Path.Combine(copy, "state"));
        foreach (var file in Directory.GetFiles(Options.DataDirectory, "journal-*", SearchOption.AllDirectories))
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(Path.Combine(copy, Path.GetRelativePath(Options.DataDirectory, file)));
            from.CopyTo(to);
        }

        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sidecar.DisposeAsync().AsTask().Soon();
        if (_ownsDirectory)
        {
            Directory.Delete(Options.DataDirectory, recursive: true);
        }
    }
}
