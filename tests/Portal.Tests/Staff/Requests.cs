using SmartCity.Contracts;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

internal static class Requests
{
    public static StaffChange Pending(long id = 3, string proposedBy = "clerk-1", string municipality = StaffApp.Town) => new()
    {
        Id = id,
        Municipality = municipality,
        Status = "Pending",
        ProposedBy = proposedBy,
        ProposedAt = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero),
        Plan = new StaffPlan
        {
            Steps =
            [
                new StaffStep("+", "devices", "river-2", [new StaffField("kind", null, "river")]),
                new StaffStep("~", "rules", "river-warning", [new StaffField("raiseAt", "3.2", "<b>3.5</b>")]),
            ],
            Counts = new StaffCounts(1, 1, 0),
            Warnings = [new Notice("far-away", NoticeSeverity.Warning, "devices[1] is more than 100 km from the town.")],
            Digest = "digest-of-" + id,
        },
    };

    public static StaffChange Destructive(long id = 4)
    {
        var change = Pending(id);
        return change with
        {
            Plan = change.Plan with
            {
                Steps = [new StaffStep("-", "services", "alerts", [])],
                Counts = new StaffCounts(0, 0, 1),
                Losses = [new StaffLoss("services", "alerts", 1234, "alerts")],
            },
        };
    }
}
