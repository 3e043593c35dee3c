using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Registry;
using SmartCity.ServiceTestKit;

namespace SmartCity.Cli.Tests.Hosting;

/// <summary>A running registry, a folder with a manifest, and people who type commands.</summary>
public sealed class TownHall : IAsyncDisposable
{
    public const string Town = "172022";

    private readonly WebApplication _registry;
    private readonly StubSidecar _sidecar;

    private TownHall(WebApplication registry, StubSidecar sidecar, string folder) => (_registry, _sidecar, Folder) = (registry, sidecar, folder);

    public string Folder { get; }

    /// <summary>The registry's; the commands have the system's.</summary>
    public ShiftedClock Clock { get; private init; } = new();

    public string Manifest => Path.Combine(Folder, "municipality.yaml");

    public string Gateway => _registry.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<TownHall> StartAsync(string manifest = Samples.Nanao)
    {
        var folder = Directory.CreateTempSubdirectory("town-hall-").FullName;
        var sidecar = await StubSidecar.StartAsync();
        var clock = new ShiftedClock();
        var registry = RegistryService.Definition.Build(
            [
                "--urls", "http://127.0.0.1:0",
                "--environment", "Development",
                "--ConnectionStrings:Database", Connection(folder),
                "--Dapr:HttpEndpoint", sidecar.Address,
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            });
        await registry.StartAsync();
        var hall = new TownHall(registry, sidecar, folder) { Clock = clock };
        await File.WriteAllTextAsync(hall.Manifest, manifest);
        await File.WriteAllTextAsync(Path.Combine(folder, "shelters.csv"), Samples.Shelters);
        return hall;
    }

    public Task<Ran> AsClerkAsync(params string[] arguments) => AsAsync("clerk-1", "clerk", arguments);

    public Task<Ran> AsOfficerAsync(params string[] arguments) => AsAsync("officer-1", "officer", arguments);

    public Task<Ran> AsAsync(string person, string role, params string[] arguments)
        => Typed.RunAsync([.. arguments, "--gateway", Gateway, "--token", TestTokens.For(person, role, Town)]);

    public Task<Ran> AsOperatorAsync(params string[] arguments)
        => Typed.RunAsync([.. arguments, "--gateway", Gateway, "--token", TestTokens.For("operator-1", "operator", municipality: null)]);

    public Task<Ran> AsResidentAsync(string person, params string[] arguments) => AsAsync(person, "resident", arguments);

    /// <summary>Another service tells of something, as its sidecar delivers it.</summary>
    public async Task RecordAsync(ExchangeRecorded recorded)
    {
        var envelope = JsonSerializer.Serialize(
            new { specversion = "1.0", id = recorded.EventId, source = recorded.Service, type = "com.dapr.event.sent", datacontenttype = "application/json", pubsubname = Topics.PubSub, topic = Topics.ExchangeRecorded, data = recorded },
            CityJson.Options);
        using var client = new HttpClient { BaseAddress = new Uri(Gateway) };
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await client.PostAsync(new Uri("/events/exchange-recorded", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Changes the registry's database behind its back.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection(Connection(Folder));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }

    /// <summary>Two people put the manifest in force.</summary>
    public async Task OnboardAsync()
    {
        (await AsClerkAsync("onboard", "apply", Manifest, "--yes")).ExitCode.ShouldBe(ExitCodes.Done);
        (await AsOfficerAsync("changes", "approve", "1", "--yes")).ExitCode.ShouldBe(ExitCodes.Done);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.StopAsync();
        await _registry.DisposeAsync();
        await _sidecar.DisposeAsync();
        using (var connection = new SqliteConnection(Connection(Folder)))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string Connection(string folder) => "Data Source=" + Path.Combine(folder, "registry.db");
}
