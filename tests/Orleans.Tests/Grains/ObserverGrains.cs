using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Utilities;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface ISiren : IGrainObserver
{
    void Sound(string what);

    Task<string> Ask(string what);
}

public interface IBellGrain : IGrainWithStringKey
{
    Task Subscribe(ISiren siren);

    Task Ring(string what);

    Task<string[]> AskAll(string what);

    Task<int> Count();
}

public class BellGrain(TimeProvider time) : Grain, IBellGrain
{
    private readonly ObserverManager<ISiren> _sirens =
        new(TimeSpan.FromMinutes(5), NullLogger.Instance) { GetDateTime = () => time.GetUtcNow().UtcDateTime };

    public Task Subscribe(ISiren siren)
    {
        _sirens.Subscribe(siren, siren);
        return Task.CompletedTask;
    }

    public Task Ring(string what)
    {
        _sirens.Notify(siren => siren.Sound(what));
        return Task.CompletedTask;
    }

    public async Task<string[]> AskAll(string what)
    {
        var answers = new List<string>();
        await _sirens.Notify(async siren => answers.Add(await siren.Ask(what)));
        return [.. answers];
    }

    public Task<int> Count() => Task.FromResult(_sirens.Count);
}

public interface ISirenGrain : IGrainWithStringKey, ISiren
{
    Task Join(IBellGrain bell);
}

public class SirenGrain(Probe probe) : Grain, ISirenGrain
{
    public Task Join(IBellGrain bell) => bell.Subscribe(this.AsReference<ISiren>());

    public void Sound(string what) => probe.Signal("grain heard " + what);

    public Task<string> Ask(string what) => Task.FromResult($"grain {this.GetPrimaryKeyString()} {what}");
}

/// <summary>An observer outside of grains; disposing it would be the test's business.</summary>
public sealed class Siren(Probe probe) : ISiren, IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Sound(string what)
    {
        probe.Add(what);
        probe.Signal(what);
    }

    public Task<string> Ask(string what) =>
        what == "fail" ? throw new InvalidOperationException("a siren that fails") : Task.FromResult("object " + what);

    public void Dispose() => IsDisposed = true;
}
