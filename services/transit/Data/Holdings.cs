using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;

namespace SmartCity.Transit.Data;

internal static class Holdings
{
    public static async Task<IReadOnlyList<Holding>> CountAsync(TransitDbContext database, CancellationToken cancellationToken) =>
    [
        new(null, await database.FeedVersions.LongCountAsync(cancellationToken), "feed versions"),
    ];
}
