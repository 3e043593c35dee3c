using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.TestKit;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Fares;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Tests.Planning;

/// <summary>The planner's route alone on a port of its own, over a small timetable: a bus at 08:00 and 09:00 from the station to the clinic, one at 24:30.</summary>
internal sealed class PlanApp : IAsyncDisposable
{
    public const string Uozu = "162043";

    /// <summary>A town whose timetable is not ready yet.</summary>
    public const string Coming = "163431";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private PlanApp(WebApplication app, HttpClient client) => (_app, _client) = (app, client);

    public static async Task<PlanApp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(options => CityJson.Apply(options.SerializerOptions));
        builder.Services.AddSingleton<TimeProvider>(new FakeClock());
        builder.Services.AddPlanning();
        builder.Services.AddSingleton<ITownTimetables>(new Timetables());
        var app = builder.Build();
        var group = app.MapGroup("/api/{municipality}/transit");
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Features.Set(new Town
            {
                Code = (string)context.HttpContext.GetRouteValue("municipality")!,
                Name = new LocalizedText("魚津市", "Uozu City"),
                LatitudeDegrees = 36.8,
                LongitudeDegrees = 137.4,
                Services = [],
            });
            return next(context);
        });
        group.MapPlan();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new PlanApp(app, new HttpClient { BaseAddress = new Uri(address) });
    }

    public async Task<PlanAnswer> PlanAsync(string query)
    {
        using var response = await _client.GetAsync(new Uri($"/api/{Uozu}/transit/plan?{query}", UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<PlanAnswer>(body, CityJson.Options)!;
    }

    /// <summary>The code and the words of a refusal.</summary>
    public async Task<(int Status, string Code, string Detail)> RefusalAsync(string query, string municipality = Uozu)
    {
        using var response = await _client.GetAsync(new Uri($"/api/{municipality}/transit/plan?{query}", UriKind.Relative));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode,
            problem.RootElement.GetProperty("type").GetString()!.Replace("urn:smartcity:problem:", "", StringComparison.Ordinal),
            problem.RootElement.GetProperty("detail").GetString()!);
    }

    public async Task<TimeSpan?> RetryAfterAsync(string query, string municipality)
    {
        using var response = await _client.GetAsync(new Uri($"/api/{municipality}/transit/plan?{query}", UriKind.Relative));
        return response.Headers.RetryAfter?.Delta;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Timetables : ITownTimetables
    {
        private readonly PlannerTown _uozu = Make();

        public ValueTask<TownLookup> FindAsync(string municipality, CancellationToken cancellationToken) => new(new TownLookup(municipality == Uozu ? _uozu : null, municipality == Coming));

        private static PlannerTown Make()
        {
            var builder = new TimetableBuilder(new DateOnly(2026, 7, 1), 31);
            builder.AddStop(36.8273, 137.4092, Accessibility.Accessible);
            builder.AddStop(36.8000, 137.4100, Accessibility.Accessible);
            var daily = builder.AddService(Enumerable.Range(0, 31).Select(new DateOnly(2026, 7, 1).AddDays));
            foreach (var minutes in (int[])[480, 540, 1_470])
            {
                builder.AddTrip(0, daily, [new StopCall(0, minutes * 60, minutes * 60), new StopCall(1, (minutes + 20) * 60, (minutes + 20) * 60)], Accessibility.Accessible);
            }

            var live = new LiveTimetable(builder.Build());
            return new PlannerTown
            {
                Live = live.With([new TripUpdate(1, new DateOnly(2026, 7, 2)) { ArrivalDelaySeconds = [300] }]),
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"),
                FeedVersion = "2026-07",
                Names = new Names(),
                Fares = new FareCalculator([new FareAttribute("flat", 200, "JPY", 0)], []),
            };
        }
    }

    private sealed class Names : ITownNames
    {
        private static readonly (string Id, LocalizedText Name, double Latitude, double Longitude)[] Stops =
            [("station", new LocalizedText("駅", "Station"), 36.8273, 137.4092), ("clinic", new LocalizedText("医院", "Clinic"), 36.8000, 137.4100)];

        public TownPlace? Find(string id, string language)
            => Array.FindIndex(Stops, stop => stop.Id == id) is >= 0 and var at ? new TownPlace(id, Stops[at].Name.In(language), Stops[at].Latitude, Stops[at].Longitude, [at]) : null;

        public (string Id, string Name) Stop(int stop, string language) => (Stops[stop].Id, Stops[stop].Name.In(language));

        public string? ZoneOf(int stop) => null;

        public TownTrip Trip(int trip, int call, string language) => new(
            "t" + trip.ToString(CultureInfo.InvariantCulture), "main", "r", new LocalizedText("市民バス", "Town bus").In(language),
            new LocalizedText("医院行き", "To the clinic").In(language), Accessibility.Accessible, null);
    }
}
