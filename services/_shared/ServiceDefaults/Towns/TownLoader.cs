using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>
/// Loads what each town's manifest names: before the service answers, and whenever a town changes. What cannot be had for now is
/// tried again after a pause, and after the other towns: one town's file must not hold up another's.
/// </summary>
public abstract class TownLoader(ITownDirectory towns, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(2);
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private IDisposable? _subscription;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = towns.OnChange(codes =>
        {
            foreach (var code in codes)
            {
                _changed.Writer.TryWrite(code);
            }
        });
        foreach (var town in towns.Towns)
        {
            if (!await TryLoadAsync(town, cancellationToken))
            {
                _changed.Writer.TryWrite(town.Code);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var code in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            if (towns.TryGet(code, out var town) && !await TryLoadAsync(town, stoppingToken))
            {
                await Task.Delay(PauseAfterFault, clock, stoppingToken);
                _changed.Writer.TryWrite(code);
            }
        }
    }

    /// <summary>False when what holds the file or the data is away; then it is tried again. Also asked when nothing of it has changed.</summary>
    protected abstract Task<bool> TryLoadAsync(Town town, CancellationToken cancellationToken);
}
