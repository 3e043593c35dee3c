using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Gateway;

/// <summary>Debian's nginx in a folder and on ports of its own, without an access log: as the backend, and as the peer.</summary>
internal sealed class NginxProcess : ChildProcess
{
    private const string Program = "/usr/sbin/nginx";
    private readonly string _folder;

    private NginxProcess(string folder) : base(new ProcessStartInfo(Program, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"])) => _folder = folder;

    public static bool IsInstalled => File.Exists(Program);

    public Uri Address { get; private init; } = null!;

    /// <summary>The same with <c>proxy_cache</c>.</summary>
    public Uri CachedAddress { get; private init; } = null!;

    /// <summary>Of its workers: the first process only watches them.</summary>
    public override TimeSpan ProcessorTime => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/task/{Id}/children"))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(worker => Process.GetProcessById(int.Parse(worker, CultureInfo.InvariantCulture)))
        .Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.TotalProcessorTime);

    /// <summary>A service that answers a small JSON document and does nothing else: the hardest case for what stands before it.</summary>
    public static async Task<NginxProcess> StartBackendAsync()
    {
        var port = FreePort();
        var nginx = Start(port, port, string.Create(CultureInfo.InvariantCulture, $$"""
            server {
              listen 127.0.0.1:{{port}};
              location / {
                default_type application/json;
                return 200 '{"items":[{"id":"162043-2026-0001","level":3,"hazard":"flood","area":"片貝川","issuedAt":"2026-07-01T03:00:00+09:00"}],"next":null}';
              }
            }
            """));
        await nginx.ListeningAsync();
        return nginx;
    }

    /// <summary>In front of the backend, connections to it kept alive.</summary>
    public static async Task<NginxProcess> StartProxyAsync(Uri backend)
    {
        var (port, cached) = (FreePort(), FreePort());
        const string pass = "proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ''; "
            + "proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host;";
        var nginx = Start(port, cached, string.Create(CultureInfo.InvariantCulture, $$"""
            upstream backend { server {{backend.Authority}}; keepalive 128; keepalive_requests 10000000; }
            proxy_cache_path cache keys_zone=open:10m;
            server { listen 127.0.0.1:{{port}}; location / { {{pass}} } }
            server {
              listen 127.0.0.1:{{cached}};
              location / { {{pass}} proxy_cache open; proxy_cache_valid 200 1s; proxy_cache_use_stale updating; }
            }
            """));
        await nginx.ListeningAsync();
        return nginx;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static NginxProcess Start(int port, int cached, string servers)
    {
        var folder = Directory.CreateTempSubdirectory("smartcity-nginx-").FullName;
        // As root its workers would be another user, who may not write here.
        var user = string.Equals(Environment.UserName, "root", StringComparison.Ordinal) ? "user root;" : "";
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            {{user}}
            daemon off; worker_processes auto; pid nginx.pid; error_log stderr crit;
            events { worker_connections 4096; }
            http {
              access_log off; tcp_nodelay on; keepalive_requests 10000000;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              {{servers}}
            }
            """);
        return new NginxProcess(folder)
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            CachedAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{cached}")),
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ListeningAsync()
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
                return;
            }
            catch (SocketException) when (started.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Yield();
            }
        }
    }
}
