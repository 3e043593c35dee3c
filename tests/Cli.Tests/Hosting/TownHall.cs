using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Cli.Startup;
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

    public string Manifest => Path.Combine(Folder, "municipality.yaml");

    public string Gateway => _registry.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<TownHall> StartAsync(string manifest = Samples.Nanao)
    {
        var folder = Directory.CreateTempSubdirectory("town-hall-").FullName;
        var sidecar = await StubSidecar.StartAsync();
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
                builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Believe);
            });
        await registry.StartAsync();
        var hall = new TownHall(registry, sidecar, folder);
        await File.WriteAllTextAsync(hall.Manifest, manifest);
        await File.WriteAllTextAsync(Path.Combine(folder, "shelters.csv"), Samples.Shelters);
        return hall;
    }

    public Task<Ran> AsClerkAsync(params string[] arguments) => AsAsync("clerk-1", "clerk", arguments);

    public Task<Ran> AsOfficerAsync(params string[] arguments) => AsAsync("officer-1", "officer", arguments);

    public Task<Ran> AsAsync(string person, string role, params string[] arguments)
        => Typed.RunAsync([.. arguments, "--gateway", Gateway, "--token", TestTokens.For(person, role, Town)]);

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
