using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;

namespace SmartCity.Registry.Changes;

/// <summary>Changes what it keeps of a municipality together with the municipality: all of it, or nothing.</summary>
public interface IRegistryParticipant
{
    /// <summary>Called inside the write transaction; what it changes becomes visible with the rest.</summary>
    /// <param name="before">Null for a new municipality.</param>
    /// <param name="after">Null for one that goes.</param>
    /// <param name="version">The registry's version of this change.</param>
    Task TakePartAsync(RegistryDbContext database, Town? before, Town? after, long version, CancellationToken cancellationToken);

    /// <summary>Called after the commit.</summary>
    Task CommittedAsync(CancellationToken cancellationToken);
}
