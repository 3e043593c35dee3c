using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Csv;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Keys;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Text;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Devices;

/// <summary>Devices of a municipality. They are changed and removed by the manifest, which takes two people.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this RouteGroupBuilder town)
    {
        var devices = town.MapGroup("/devices").WithTags("devices");
        devices.MapGet("/", ListDevices);
        devices.MapPost("/", RegisterDevice).Accepts<Device>("application/json");
        devices.MapGet("/{device}", GetDevice);
        devices.MapImport();
        town.MapKeys();
    }

    /// <summary>In the order of registration; <c>?kind=</c> for one kind only.</summary>
    private static Results<Ok<Page<Device>>, ProblemHttpResult> ListDevices(
        string municipality, ITownDirectory towns, string? kind = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!towns.TryGet(municipality, out var town))
        {
            return Problem.UnknownTown(municipality);
        }

        var offset = Paging.Offset(after);
        var rows = town.Devices.Where(device => kind is null || device.Kind == kind).Skip(offset).Take(take + 1).ToList();
        return TypedResults.Ok(Paging.ByOffset(rows, offset, take));
    }

    private static async Task<Results<Ok<DeviceDetails>, ProblemHttpResult>> GetDevice(
        string municipality, string device, ITownDirectory towns, KeyDesk keys, ExchangeDesk exchange, HttpContext http, CancellationToken cancellationToken)
    {
        if (!towns.TryGetDevice(municipality, device, out var found))
        {
            return KeyProblems.UnknownDevice(municipality, device);
        }

        // Its keys name who made them.
        await exchange.RecordAcrossAsync(http, municipality, "device-keys.read", null, cancellationToken);
        return TypedResults.Ok(new DeviceDetails(
            found.Id, found, MqttTopic.UserName(municipality, device), new MqttTopic(municipality, device, MqttTopic.Telemetry).ToString(),
            await keys.ListAsync(device, cancellationToken)));
    }

    /// <summary>201 with the first key, shown once. The same device again is 200 without a key: its id makes the request repeatable.</summary>
    private static async Task<Results<Created<DeviceAnswer>, Ok<DeviceAnswer>, ProblemHttpResult>> RegisterDevice(
        string municipality, HttpContext http, DeviceDesk desk, InstallerCode code, CancellationToken cancellationToken, string? qr = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (OfficeText.Decode(await http.Request.ReadAllAsync(cancellationToken)) is not { } text)
        {
            return DeviceProblems.NoText("device");
        }

        var (device, notices) = DeviceDocument.Read(text);
        if (device is null)
        {
            return DeviceProblems.Refused(notices);
        }

        if (await desk.RegisterAsync(municipality, [new DeviceCandidate(device.Id, device)], http.Subject(), cancellationToken) is not { } done)
        {
            return Problem.UnknownTown(municipality);
        }

        var found = done.Review.Faults.Select(fault => new Notice(fault.Code, fault.Severity, fault.Message) { Field = fault.Field, Value = fault.Value }).ToList();
        if (done.Devices.Count == 0)
        {
            return found.TrueForAll(notice => notice.Code == "id-taken" || notice.Severity != NoticeSeverity.Error) ? DeviceProblems.Taken(device.Id) : DeviceProblems.Refused(found);
        }

        var answer = DeviceAnswer.Of(done.Devices[0], code, qr) with { Notices = found.Count > 0 ? found : null };
        return done.Version is null
            ? TypedResults.Ok(answer)
            : TypedResults.Created($"/api/registry/municipalities/{municipality}/devices/{device.Id}", answer);
    }

    /// <summary>The whole body; its size is limited by the route.</summary>
    public static async Task<byte[]> ReadAllAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
