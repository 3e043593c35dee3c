using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Exchange;

/// <summary>Publishes the key at the start and seals each day soon after its end, also when nothing more is recorded.</summary>
internal sealed class SealingService(IServiceScopeFactory scopes, ExchangeSigner signer, TimeProvider clock, ILogger<SealingService> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<RegistryDbContext>();
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            if (!await database.Set<ExchangeKeyRow>().AnyAsync(row => row.Id == signer.KeyId, cancellationToken))
            {
                database.Add(new ExchangeKeyRow { Id = signer.KeyId, PublicKeyPem = signer.PublicKeyPem, FirstUsedAt = clock.GetUtcNow() });
                await database.SaveChangesAsync(cancellationToken);
            }

            await scope.ServiceProvider.GetRequiredService<ExchangeChain>().SealAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            // Nothing is lost: the next record, or the next minute, seals the day.
            log.DayNotSealed(exception);
        }
    }
}
