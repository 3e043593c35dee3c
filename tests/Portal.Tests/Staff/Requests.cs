using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

internal static class Requests
{
    public static ChangeView Pending(long id = 3, string proposedBy = "clerk-1", string municipality = StaffApp.Town) => new()
    {
        Id = id,
        Municipality = municipality,
        Kind = ChangeKind.Manifest,
        Status = ChangeStatus.Pending,
        AllowDestroy = false,
        ProposedBy = proposedBy,
        ProposedAt = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero),
        Plan = new Plan
        {
            Municipality = municipality,
            IsNew = false,
            Steps =
            [
                new PlanStep("+", "devices", "river-2", [new FieldChange("kind", null, "river")]),
                new PlanStep("~", "rules", "river-warning", [new FieldChange("raiseAt", "3.2", "<b>3.5</b>")]),
            ],
            Counts = new PlanCounts(1, 1, 0),
            Warnings = [new Notice("far-away", NoticeSeverity.Warning, "devices[1] is more than 100 km from the town.")],
            Digest = "digest-of-" + id,
        },
    };

    public static ChangeView Destructive(long id = 4)
    {
        var change = Pending(id);
        return change with
        {
            Plan = change.Plan with
            {
                Steps = [new PlanStep("-", "services", "alerts", [])],
                Counts = new PlanCounts(0, 0, 1),
                Losses = [new Loss("services", "alerts", 1234, "alerts")],
            },
        };
    }

    /// <summary>A daughter for a resident, written down by a clerk.</summary>
    public static GrantView Grant(GrantState state) => new()
    {
        Id = "g1",
        Municipality = "172022",
        Subject = "resident-1",
        Actor = "daughter-1",
        Kind = GrantKind.Family,
        Scopes = ["appointments.read"],
        Purpose = "Visits to the doctor",
        Evidence = "drivers-licence-shown",
        CreatedBy = "clerk-1",
        CreatedAt = DateTimeOffset.UnixEpoch,
        State = state,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(300),
    };
}
