using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Twin;

/// <summary>Takes what devices report of themselves: always all of it, and never older over newer.</summary>
internal sealed class TwinReports(TelemetryDb database)
{
    /// <summary>Stores a report. An older one is no fault, only late, and changes nothing.</summary>
    public async Task TakeAsync(DeviceAnswer answer, ReportedState reported, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var row = await database.Twins.FirstOrDefaultAsync(one => one.Device == answer.Device, cancellationToken);
        if (row is null)
        {
            row = new TwinRow { Municipality = answer.Municipality, Device = answer.Device, Desired = "{}" };
            database.Twins.Add(row);
        }
        else if (row.ReportedAt > reported.At)
        {
            return;
        }

        row.Reported = reported.State.ToJsonString(CityJson.Options);
        row.ReportedAt = reported.At;
        row.ReportedVersion = reported.Version;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
