using SmartCity.Portal.Devices;
using SmartCity.Portal.Staff.Alerting;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.Drills;
using SmartCity.Portal.Staff.Grants;
using SmartCity.Portal.Staff.Rescue;
using SmartCity.Portal.Staff.Shelters;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Staff;

/// <summary>Every page of the staff's door. A municipality that is not onboarded yet has one too: its first change is approved here.</summary>
internal static class StaffPages
{
    public static void MapStaff(this WebApplication app)
    {
        var open = app.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        open.MapGet("/{municipality}/staff/signin", SignInEndpoints.BeginAsync);
        open.MapGet(SignInEndpoints.CallbackPath, SignInEndpoints.FinishAsync);

        var staff = app.MapGroup("/{municipality}/staff").ExcludeFromDescription().RequireAuthorization(StaffDoor.Policy).AddEndpointFilter(StaffDoor.AdmitAsync);
        staff.MapGet("", ChangeEndpoints.HomeAsync);
        staff.MapAlerting();
        staff.MapGet("/changes", ChangeEndpoints.ListAsync);
        staff.MapGet("/changes/{id:long}", ChangeEndpoints.ShowAsync);
        staff.MapGet("/changes/{id:long}/approve", DecisionEndpoints.ConfirmAsync);
        staff.MapPost("/changes/{id:long}/approve", DecisionEndpoints.ApproveAsync);
        staff.MapPost("/changes/{id:long}/reject", DecisionEndpoints.RejectAsync)
            .WithoutMyNumberCheck("The page looks at the reason itself, and says so where it was typed.");
        staff.MapGet("/devices", DeviceEndpoints.ListForStaffAsync);
        staff.MapGet("/grants", GrantPages.ShowAsync);
        staff.MapPost("/grants", GrantPages.GiveAsync);
        staff.MapPost("/grants/{id}/confirm", GrantPages.ConfirmAsync);
        staff.MapPost("/grants/{id}/end", GrantPages.EndAsync);
        staff.MapGet("/shelters", StaffShelterEndpoints.ShowAsync);
        staff.MapPost("/shelters/{id}", StaffShelterEndpoints.SetAsync);
        staff.MapGet("/rescue", RescueEndpoints.ShowAsync);
        staff.MapGet("/rescue.csv", RescueEndpoints.ExportAsync);
        staff.MapPost("/rescue/{id}", RescueEndpoints.SetAsync);
        staff.MapPost("/rescue/open", RescueEndpoints.OpenCheckAsync);
        staff.MapPost("/rescue/close/{id}", RescueEndpoints.CloseCheckAsync);
        staff.MapGet("/calls", CallEndpoints.ShowAsync);
        staff.MapPost("/calls", CallEndpoints.SendAsync)
            .WithoutMyNumberCheck("The page looks at the texts itself and keeps what was typed; the alerts service checks again.");
        staff.MapGet("/drills", DrillEndpoints.ListAsync);
        staff.MapPost("/drills", DrillEndpoints.PlanAsync);
        staff.MapGet("/drills/{id}", DrillEndpoints.ShowAsync);
        staff.MapGet("/drills/{id}/live", DrillEndpoints.ShowLiveAsync);
        staff.MapPost("/drills/{id}/approve", DrillEndpoints.ApproveAsync);
        staff.MapPost("/drills/{id}/reject", DrillEndpoints.RejectAsync);
        staff.MapPost("/drills/{id}/stop", DrillEndpoints.StopAsync);
        staff.MapGet("/drills/{id}/report", DrillReportEndpoints.ShowAsync);
        staff.MapGet("/drills/{id}/report.csv", DrillReportEndpoints.ExportAsync);
        staff.MapGet("/reports/{id}", DrillReportEndpoints.ShowAnyAsync);
        staff.MapGet("/reports/{id}.csv", DrillReportEndpoints.ExportAnyAsync);
        staff.MapPost("/signout", SignInEndpoints.SignOutAsync);
    }
}
