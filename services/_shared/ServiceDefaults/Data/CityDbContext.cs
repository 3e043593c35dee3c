using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
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
    public DbSet<OutboxEvent> Outbox => Set<OutboxEvent>();

    public DbSet<InboxEvent> Inbox => Set<InboxEvent>();

    /// <summary>The town that every query sees; EF Core reads it anew for each query.</summary>
    public string? CurrentMunicipality => scope.Municipality;

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
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('writer'))", cancellationToken);
        }

        return transaction;
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
