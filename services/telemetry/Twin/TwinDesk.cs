using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.Telemetry.Commands;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Twin;

/// <summary>Changes what a town wants of a device: one transaction, and the retained message after it.</summary>
internal sealed class TwinDesk(TelemetryDb database, DownlinkLanes lanes, TimeProvider clock, ILogger<TwinDesk> log)
{
    /// <summary>Newest changes that are shown.</summary>
    private const int MostChanges = 20;

    public async Task<TwinView> GetAsync(Town town, string device, CancellationToken cancellationToken)
        => TwinView.Of(
            town, device,
            await database.Twins.AsNoTracking().FirstOrDefaultAsync(row => row.Device == device, cancellationToken),
            await database.TwinChanges.AsNoTracking().Where(row => row.Device == device)
                .OrderByDescending(row => row.Version).Take(MostChanges).ToListAsync(cancellationToken));

    /// <param name="expected">The version that the caller has seen; null for whichever.</param>
    public async Task<Results<Ok<TwinView>, ProblemHttpResult>> PatchAsync(
        Town town, Device device, JsonObject patch, long? expected, bool isOfficer, string subject, CancellationToken cancellationToken)
    {
        if (RefuseOfCommands(town, device, patch, isOfficer) is { } refusal)
        {
            return refusal;
        }

        await using (var transaction = await database.BeginWriteAsync(cancellationToken))
        {
            var row = await database.Twins.FirstOrDefaultAsync(one => one.Device == device.Id, cancellationToken);
            if (expected is { } version && version != (row?.Version ?? 0))
            {
                return Problem.Of(StatusCodes.Status412PreconditionFailed, "twin-changed", "The twin is not what it was.",
                    $"It has the version {row?.Version ?? 0}, and If-Match asks for {version}. Nothing was changed; read it again and decide anew.");
            }

            var desired = JsonNode.Parse(row?.Desired ?? "{}")!;
            var merged = (JsonObject)MergePatch.Apply(desired, patch)!;
            if (TwinBounds.FaultOf(merged) is { } fault)
            {
                return Problem.Unprocessable(fault.Code, "This state can't be kept.", $"{fault.Message} Nothing was changed.");
            }

            if (!JsonNode.DeepEquals(desired, merged))
            {
                Store(row, town, device, merged, patch, subject);
                await database.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                log.TwinChanged(town.Code, device.Id);
                lanes.Wake(town.Code);
            }
        }

        return TypedResults.Ok(await GetAsync(town, device.Id, cancellationToken));
    }

    private void Store(TwinRow? row, Town town, Device device, JsonObject merged, JsonObject patch, string subject)
    {
        var now = clock.GetUtcNow();
        if (row is null)
        {
            row = new TwinRow { Municipality = town.Code, Device = device.Id, Desired = "{}" };
            database.Twins.Add(row);
        }

        (row.Desired, row.DesiredAt, row.DesiredBy) = (merged.ToJsonString(CityJson.Options), now, subject);
        row.Version++;
        database.TwinChanges.Add(new TwinChange
        {
            Municipality = town.Code,
            Device = device.Id,
            Version = row.Version,
            Patch = patch.ToJsonString(CityJson.Options),
            ChangedAt = now,
            ChangedBy = subject,
        });
    }

    // The twin is no way around a second person: what only an approved command may set, a wish does not set.
    private static ProblemHttpResult? RefuseOfCommands(Town town, Device device, JsonObject patch, bool isOfficer)
    {
        var names = TwinBounds.NamesIn(patch).ToHashSet(StringComparer.Ordinal);
        var guarded = CommandCatalog.Of(town, device).Where(command => command.SecondPerson || (command.Role == CommandRole.Officer && !isOfficer))
            .SelectMany(command => (command.Arguments?.Keys ?? []).Where(names.Contains).Select(name => (Command: command, Name: name)));
        foreach (var (command, name) in guarded)
        {
            return command.SecondPerson
                ? Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "This needs a second person.",
                    $"'{name}' is set by the command '{command.Name}', which another officer approves. Nothing was changed; send the command.")
                : Problem.Of(StatusCodes.Status403Forbidden, "officer-needed", "Only an officer may set this.",
                    $"'{name}' is set by the command '{command.Name}', which is for officers. Nothing was changed; ask an officer.");
        }

        return null;
    }
}
