using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Data;
using SmartCity.Registry.Keys;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Devices;

/// <summary>Registers devices with their first keys: all of them in one transaction, or none. One person is enough, as nothing is taken away.</summary>
public sealed class DeviceDesk(RegistryDbContext database, Registrar registrar, Planner planner, TimeProvider clock, ILogger<DeviceDesk> log)
{
    /// <summary>So many steps are kept with the change; its counts have them all.</summary>
    private const int StepsKept = 100;

    /// <returns>Null when the municipality is not served.</returns>
    public async Task<Registration?> RegisterAsync(
        string municipality, IReadOnlyList<DeviceCandidate> candidates, string person, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var before = (await database.Towns.FirstOrDefaultAsync(row => row.Municipality == municipality && !row.IsRemoved, cancellationToken))?.Manifest;
        if (before is null)
        {
            return null;
        }

        // Looked at again here: another request may have registered the same since.
        var review = DeviceReview.Of(before, candidates);
        if (review.IsRepetition)
        {
            return new Registration(review, await AgainAsync(municipality, candidates, cancellationToken), null);
        }

        if (review.HasErrors || candidates.Any(candidate => candidate.Device is null))
        {
            return new Registration(review, [], null);
        }

        var devices = candidates.Select(candidate => candidate.Device!).ToArray();
        var bare = before with { Devices = [], ThirdPartyServices = [], Boundary = null };
        var plan = await planner.MakeAsync(bare, bare with { Devices = devices }, [], cancellationToken);
        var version = await registrar.PutAsync(before, before with { Devices = [.. before.Devices, .. devices] }, plan.Steps, cancellationToken);
        var now = clock.GetJapanNow();
        database.Changes.Add(new ChangeRequest
        {
            Municipality = municipality,
            Kind = ChangeKind.Registration,
            Status = ChangeStatus.Applied,
            // What came, not all that is there: a town of 50,000 devices is not kept anew for each further one.
            Manifest = bare with { Devices = devices },
            Plan = Shortened(plan),
            ProposedBy = person,
            ProposedAt = now,
            DecidedBy = person,
            DecidedAt = now,
            Version = version,
        });
        var issued = new List<RegisteredDevice>(devices.Length);
        foreach (var device in devices)
        {
            var (key, row) = IssuedKey.New(municipality, device.Id, person, now, version);
            database.DeviceKeys.Add(row);
            issued.Add(new RegisteredDevice(device.Id, device, key));
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await registrar.CommittedAsync(cancellationToken);
        log.DevicesRegistered(devices.Length, municipality, person, version);
        return new Registration(review, issued, version);
    }

    private async Task<IReadOnlyList<RegisteredDevice>> AgainAsync(string municipality, IReadOnlyList<DeviceCandidate> candidates, CancellationToken cancellationToken)
    {
        var only = candidates.Count == 1 ? candidates[0].Id : null;
        var keys = (await database.DeviceKeys.AsNoTracking().Where(key => only == null || key.Device == only).OrderBy(key => key.CreatedAt).ToListAsync(cancellationToken)).ToLookup(key => key.Device, StringComparer.Ordinal);
        return [.. candidates.Select(candidate => new RegisteredDevice(
            candidate.Id, candidate.Device!, IssuedKey.Again(municipality, candidate.Id, keys[candidate.Id].LastOrDefault()?.KeyId ?? "")))];
    }

    private static Plan Shortened(Plan plan) => plan.Steps.Count <= StepsKept ? plan : plan with
    {
        Steps = [.. plan.Steps.Take(StepsKept)],
        Warnings = [new Notice("steps-shortened", NoticeSeverity.Info, $"{plan.Steps.Count} devices were registered; the first {StepsKept} are listed.")],
    };
}

/// <summary>What became of a registration.</summary>
/// <param name="Devices">In the order of the candidates; empty when nothing was registered.</param>
/// <param name="Version">The registry's version; null when nothing changed.</param>
public sealed record Registration(DeviceReview Review, IReadOnlyList<RegisteredDevice> Devices, long? Version);

/// <summary>A device that was just registered.</summary>
/// <param name="Access">What the installer needs.</param>
public sealed record RegisteredDevice(string Id, Device Device, IssuedKey Access);
