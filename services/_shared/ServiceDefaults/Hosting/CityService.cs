using Microsoft.AspNetCore.Builder;

namespace SmartCity.ServiceDefaults.Hosting;

/// <summary>
/// One service: what it registers and what it maps. Its own <c>Program.cs</c> runs it alone, the one-machine host
/// runs several beside each other, and tests run it with a few registrations replaced.
/// </summary>
/// <param name="AppId">Dapr app id and name in URLs.</param>
/// <param name="Add">Every registration of the service; the shared ones are already there.</param>
/// <param name="Map">Every endpoint of the service; the shared ones are already there.</param>
public sealed record CityService(string AppId, Action<WebApplicationBuilder> Add, Action<WebApplication> Map)
{
    /// <summary>
    /// Settings are read once, at the start. Watching their files takes an inotify instance for each service; many systems allow
    /// 128 to a user, which tests that run many services reach.
    /// </summary>
    private const string FixedConfiguration = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Builds the service with its own container and configuration.</summary>
    /// <param name="args">Command line, such as <c>--urls http://127.0.0.1:5101</c>.</param>
    /// <param name="customize">Runs last, before the container is built.</param>
    public WebApplication Build(string[] args, Action<WebApplicationBuilder>? customize = null)
    {
        // The slim builder leaves out what no service uses (IIS, static web assets, event log) and starts faster.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = [.. args, FixedConfiguration],
            ApplicationName = Add.Method.Module.Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddServiceDefaults(this);
        Add(builder);
        customize?.Invoke(builder);

        var app = builder.Build();
        app.UseServiceDefaults(this);
        Map(app);
        return app;
    }

    /// <summary>Builds and runs the service until it is told to stop. The body of every <c>Program.cs</c>.</summary>
    public async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
    }
}
