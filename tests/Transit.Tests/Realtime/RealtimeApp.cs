using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using SmartCity.ServiceTestKit;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Tests.Vehicles;
using SmartCity.Transit.Vehicles.Grains;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Realtime;

/// <summary>The transit service with a timetable of one line, at a time that the test sets.</summary>
internal sealed class RealtimeApp : IAsyncDisposable
{
    public const string Town = "162043";
    public const string OtherTown = "163422";

    private readonly string _directory = Directory.CreateTempSubdirectory("realtime-tests-").FullName;
    private WebApplication? _app;

    public ShiftedClock Clock { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <param name="settings">Of the town's service, as YAML after <c>settings:</c>; empty for none.</param>
    public static async Task<RealtimeApp> StartAsync(string settings = "{}", Action<WebApplicationBuilder>? customize = null, params string[] arguments)
    {
        var app = new RealtimeApp();
        var region = $$"""
            name: Test
            municipalities:
              - code: "162043"
                name: { ja: 魚津市, en: Uozu }
                latitudeDegrees: 36.8
                longitudeDegrees: 137.4
                services: [{ name: transit, settings: {{settings}} }]
                devices:
                  - { id: bus-1, kind: vehicle, name: { ja: 一号車, en: Bus 1 } }
                  - { id: bus-2, kind: vehicle, name: { ja: 二号車, en: Bus 2 } }
                  - { id: river-1, kind: river, name: { ja: 片貝川, en: Katakai } }
              - code: "163422"
                name: { ja: 入善町, en: Nyuzen }
                latitudeDegrees: 36.9
                longitudeDegrees: 137.5
                services: [telemetry]
                devices:
                  - { id: bus-9, kind: vehicle, name: { ja: 九号車, en: Bus 9 } }
            """;
        await File.WriteAllTextAsync(Path.Combine(app._directory, "region.yaml"), region);
        app._app = TransitService.Definition.Build(
            [
                "--urls=http://127.0.0.1:0",
                "--environment=Development",
                $"--Region:File={Path.Combine(app._directory, "region.yaml")}",
                $"--Orleans:Directory={Path.Combine(app._directory, "grains")}",
                $"--ConnectionStrings:Database=Data Source={Path.Combine(app._directory, "transit.db")}",
                .. arguments,
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(app.Clock);
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
                customize?.Invoke(builder);
            });
        await app._app.StartAsync();
        app.Http = new HttpClient { BaseAddress = new Uri(app._app.Urls.First()) };
        return app;
    }

    /// <summary>Puts a timetable live that has a run of <see cref="Line.Straight"/> under way now.</summary>
    public TripPlan Timetable(TimeSpan sinceStart)
    {
        var plan = Line.Straight(start: Clock.GetUtcNow().ToOffset(Line.Japan) - sinceStart);
        Services.GetRequiredService<TownPlans>().Set(Town, Line.Plans(plan));
        return plan;
    }

    public Task<TrackOutcome> DriveAsync(string vehicle, PositionReport position)
        => Services.GetRequiredService<IGrainFactory>().GetGrain<IVehicleGrain>($"{Town}/{vehicle}").ReportAsync(position);

    public PositionReport At(double eastMetres, double northMetres = 0, string? trip = "t1")
    {
        var (latitude, longitude) = Line.Place(eastMetres, northMetres);
        return new PositionReport { At = Clock.GetUtcNow(), LatitudeDegrees = latitude, LongitudeDegrees = longitude, BearingDegrees = 90, SpeedMetresPerSecond = 8, TripId = trip };
    }

    public async Task<FeedMessage> FeedAsync(string kind)
        => FeedMessage.Parser.ParseFrom(await Http.GetByteArrayAsync($"/api/{Town}/transit/gtfs-realtime/{kind}"));

    public HttpRequestMessage As(HttpMethod method, string path, string role, string municipality = Town)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For("somebody", role, municipality));
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
