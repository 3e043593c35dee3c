using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>An entity that belongs to one municipality.</summary>
public interface ITownOwned
{
    /// <summary>6-digit local-government code.</summary>
    string Municipality { get; }
}

/// <summary>
/// The base of every service's database: one query filter by municipality, an outbox and an inbox, snake_case names,
/// and times as microseconds since 1970 so that both databases order them alike.
/// </summary>
public abstract class CityDbContext(DbContextOptions options, TownScope scope) : DbContext(options)
{
    private TownDatabases? _databases;

    public DbSet<OutboxEvent> Outbox => Set<OutboxEvent>();

    public DbSet<InboxEvent> Inbox => Set<InboxEvent>();

    /// <summary>The town that every query sees; EF Core reads it anew for each query.</summary>
    /// <exception cref="InvalidOperationException">Its data is in another database than this context was opened on.</exception>
    public string? CurrentMunicipality => _databases is null || _databases.OwnerOf(scope.Municipality) == Owner
        ? scope.Municipality
        : throw new InvalidOperationException("The scope's town was changed after its database was chosen: use a scope of its own for each town.");

    /// <summary>The town whose own database this is, or null for the shared one.</summary>
    public string? Owner { get; private set; }

    /// <summary>
    /// A transaction in which this service is the only writer. Two deciders can't both see "not there yet", and
    /// rows become visible in the order of their numbers, so that readers by number miss nothing.
    /// SQLite has one writer anyway (<c>BEGIN IMMEDIATE</c>); PostgreSQL releases the lock after the commit is visible.
    /// </summary>
    public async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken);
        if (Database.IsNpgsql())
        {
            // A schema of a town's own has a writer of its own.
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('writer'), hashtext(current_schema()))", cancellationToken);
        }

        return transaction;
    }

    /// <summary>The first query or write chooses the database, by the town that the scope then has.</summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.IsConfigured)
        {
            return;
        }

        _databases = optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetRequiredService<TownDatabases>()
            ?? throw new InvalidOperationException("The context was not made by AddCityDatabase.");
        Owner = _databases.OwnerOf(scope.Municipality);
        _databases.Of(Owner).Configure(optionsBuilder);
        optionsBuilder.AddInterceptors(new PrepareOnOpening(_databases));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        => configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicrosecondsConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxEvent>().ToTable("outbox_event").HasKey(row => row.Id);
        modelBuilder.Entity<InboxEvent>().ToTable("inbox_event").HasKey(row => row.EventId);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (typeof(ITownOwned).IsAssignableFrom(entity.ClrType))
            {
                entity.SetQueryFilter(TownFilter(entity.ClrType));
            }

            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase.From(property.Name));
            }
        }
    }

    private LambdaExpression TownFilter(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var current = Expression.Property(Expression.Constant(this, typeof(CityDbContext)), nameof(CurrentMunicipality));
        return Expression.Lambda(Expression.Equal(Expression.Property(row, nameof(ITownOwned.Municipality)), current), row);
    }

    private sealed class UnixMicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => UnixMicroseconds.From(time), microseconds => UnixMicroseconds.ToTime(microseconds));
}
