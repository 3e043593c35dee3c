using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Load.Gateway;

/// <summary>The gateway with a thousand towns of six third-party services each, and one with a service of the platform.</summary>
internal sealed class MeasuredGateway : IAsyncDisposable
{
    public const int Towns = 1000;
    public const int ServicesOfATown = 6;
    public const string Town = "162043";
    private const int NoLimitInPractice = 1_000_000;
    private readonly WebApplication _app;
    private readonly TownDirectory _directory;
    private readonly string _backend;
    private int _reloads;

    private MeasuredGateway(WebApplication app, TownDirectory directory, string backend, string token)
    {
        _app = app;
        _directory = directory;
        _backend = backend;
        Token = token;
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public string Token { get; }

    public static async Task<MeasuredGateway> StartAsync(string backend, string folder, CancellationToken cancellationToken)
    {
        var directory = new TownDirectory();
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ECDsaSecurityKey(ECDsa.Create(issuer.ExportParameters(includePrivateParameters: true)));
        var app = GatewayService.Definition.Build(
            [
                "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Region:File", "the benchmark's own towns",
                "--Logging:LogLevel:SmartCity", "Warning",
                "--Gateway:Services:alerts", backend,
                // This machine's own addresses have no limit: as from behind a proxy, requests say for whom they come.
                "--Gateway:TrustedProxies:0", "127.0.0.0/8",
                "--Gateway:AddressRequestsPerSecond", NoLimitInPractice.ToString(CultureInfo.InvariantCulture),
                "--Gateway:AccessLog:File", Path.Combine(folder, "access.jsonl"), "--Gateway:AccessLog:FileMebibytes", "64",
            ],
            builder =>
            {
                // Standard output is the benchmark's. Logs stay on, or no request would have a trace.
                builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
                builder.Services.AddSingleton(directory);
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
                {
                    bearer.TokenValidationParameters.IssuerSigningKey = key;
                    bearer.TokenValidationParameters.ValidateIssuer = false;
                });
            });
        var gateway = new MeasuredGateway(app, directory, backend, TokenOf(key));
        gateway.Reload();
        await app.StartAsync(cancellationToken);
        return gateway;
    }

    public TimeSpan Reload()
    {
        _reloads++;
        var towns = Enumerable.Range(0, Towns).Select(place => NewTown((100_000 + place).ToString(CultureInfo.InvariantCulture))).Append(NewTown(Town)).ToArray();
        var started = Stopwatch.GetTimestamp();
        // The gateway hears of it, and applies it, before this returns.
        _directory.Change(towns, []);
        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string TokenOf(SecurityKey key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Audience = "smartcity",
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "resident-1", ["role"] = "resident", ["municipality"] = Town },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
    });

    private Town NewTown(string code) => new()
    {
        Code = code,
        Name = new LocalizedText("町", "Town"),
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [new TownService(AppIds.Alerts)],
        Limits = new TownLimits { RequestsPerSecond = NoLimitInPractice, RequestsPerSecondOfPerson = NoLimitInPractice },
        ThirdPartyServices = Enumerable.Range(0, ServicesOfATown).Select(place => new ThirdPartyService
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"service-{place}"),
            Title = new LocalizedText("サービス", "Service"),
            BaseUrls = [_backend],
            PrivateTargetsApproved = true,
            Routes = [new ThirdPartyRoute { Path = "/items/{id}" }, new ThirdPartyRoute { Path = string.Create(CultureInfo.InvariantCulture, $"/version/{_reloads}") }],
        }).ToArray(),
    };
}
