using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Staff;
using SmartCity.Portal.Staff.Changes;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Devices;

internal static class DeviceEndpoints
{
    /// <summary>A town's devices, for everybody.</summary>
    public static async Task<RazorComponentResult<DeviceListPage>> ListAsync(
        HttpContext context, VisitFactory visits, DeviceLists lists, CancellationToken cancellationToken)
    {
        var view = await lists.OfResidentsAsync(context.CurrentTown(), DeviceFilter.Of(context.Request), cancellationToken);
        return new(new { Visit = visits.Begin(context, keepsQuery: true), View = view });
    }

    /// <summary>The same for staff, what needs somebody first.</summary>
    public static async Task<IResult> ListForStaffAsync(
        string municipality, HttpContext context, VisitFactory visits, DeviceLists lists, ITownDirectory towns, CancellationToken cancellationToken)
    {
        if (!towns.TryGet(municipality, out var town))
        {
            return StaffMessage.Of(
                context, StatusCodes.Status404NotFound, "staff.devices.noTown.title", ["staff.devices.noTown.do"], $"/{municipality}/staff", "staff.back.home");
        }

        var view = await lists.OfStaffAsync(town, DeviceFilter.Of(context.Request), cancellationToken);
        return new RazorComponentResult<StaffDevicesPage>(
            new { Visit = visits.Begin(context, keepsQuery: true), Staff = StaffView.Of(context, municipality), View = view });
    }

    /// <summary>One device with its charts.</summary>
    public static async Task<IResult> ShowAsync(string id, HttpContext context, VisitFactory visits, DeviceViews views, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context, keepsQuery: true);
        var town = context.CurrentTown();
        var view = await views.GatherAsync(town, id, DeviceWindow.Of(context.Request, visit.Now), cancellationToken);
        return view is not null
            ? new RazorComponentResult<DevicePage>(new { Visit = visit, View = view })
            : MessageResult.Of(
                visit, StatusCodes.Status404NotFound, "device.missing.title", ["device.missing.do"], $"/{town.Code}/devices", visit.Language.Text("device.missing.link"));
    }

    /// <summary>Only the parts that change, for live.js.</summary>
    public static async Task<Results<RazorComponentResult<DeviceFragment>, NotFound>> ShowLiveAsync(
        string id, HttpContext context, VisitFactory visits, DeviceViews views, CancellationToken cancellationToken)
    {
        var visit = visits.Begin(context);
        var view = await views.GatherAsync(context.CurrentTown(), id, DeviceWindow.Of(context.Request, visit.Now), cancellationToken);
        return view is not null ? new RazorComponentResult<DeviceFragment>(new { Visit = visit, View = view }) : TypedResults.NotFound();
    }
}
