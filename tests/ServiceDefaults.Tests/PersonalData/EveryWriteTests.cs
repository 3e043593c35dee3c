using Microsoft.AspNetCore.Routing;
using SmartCity.Alerts;
using SmartCity.Gateway;
using SmartCity.Portal;
using SmartCity.Registry;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Tests.Hosting;
using SmartCity.Telemetry;
using SmartCity.Transit;

namespace SmartCity.ServiceDefaults.Tests.PersonalData;

/// <summary>Walks every route of every service that may write. A new one is walked too, or must be named here with its reason.</summary>
public sealed class EveryWriteTests
{
    private const string Number = "123456789018";

    private static readonly CityService[] Services =
        [TelemetryService.Definition, AlertsService.Definition, RegistryService.Definition, PortalService.Definition, GatewayService.Definition, TransitService.Definition];

    /// <summary>The routes without the check. Adding one is a decision: does anything a person typed pass here?</summary>
    private static readonly string[] Unchecked =
    [
        // Events between services.
        "alerts POST /events/sensor-threshold",
        "alerts POST /events/device-silent",
        "registry POST /events/exchange-recorded",
        // Looks at every cell itself, to name the bad ones together with all other faults.
        "registry POST /api/registry/municipalities/{municipality}/devices/import",
        // Messages of authorities: their readers look at every text a person wrote; codes of rivers have twelve digits.
        "alerts POST /api/{municipality}/alerts/cap",
        "alerts POST /api/{municipality}/alerts/jma/",
        "alerts POST /api/{municipality}/alerts/jma/push/{feed}",
        // Keys of browsers are random characters; the handler looks at mail addresses and URLs.
        "alerts POST /api/{municipality}/alerts/subscriptions",
        // A random token is all that is read.
        "alerts POST /api/{municipality}/alerts/subscriptions/confirm",
        "alerts POST /api/{municipality}/alerts/subscriptions/{id}/unsubscribe",
        // A form: its page looks at the one text in it, says so beside the field, and keeps what was typed; the registry checks again.
        "portal POST /{municipality}/staff/changes/{id:long}/reject",
        // The same: forms with names, places and messages, whose pages look at each text and keep what was typed; alerts checks again.
        "portal POST /{municipality}/safety",
        "portal POST /{municipality}/safety/find",
        "portal POST /{municipality}/safety/mine",
        "portal POST /{municipality}/safety/erase",
        "portal POST /{municipality}/staff/alerts/new",
        "portal POST /{municipality}/staff/alerts/{id}/update",
        "portal POST /{municipality}/staff/calls",
        // What a broker asks: compared, and forgotten.
        "registry POST /internal/mqtt/auth",
        "registry POST /internal/mqtt/acl",
        // A protobuf, and a zip of timetables: the texts of alerts are looked at when they are read, a timetable is published as it came.
        "transit POST /api/{municipality}/transit/gtfs-realtime/",
        "transit POST /api/{municipality}/transit/feeds",
        // Of a service, for an alert whose name may have twelve digits: the handler looks at the reason without it, and at the arguments.
        "telemetry POST /internal/commands/{municipality}/{device}",
    ];

    private static readonly (string MediaType, string Body)[] Bodies =
    [
        ("application/json", $$"""{"reason":"{{Number}}"}"""),
        ("application/json", $$"""{"deep":[{"{{Number}}":true}]}"""),
        ("application/merge-patch+json", $$"""["{{Number}}"]"""),
        ("text/csv", $"id,note\na,{Number}\n"),
        ("application/yaml", $"note: {Number}\n"),
        ("application/xml", $"<a>{Number}</a>"),
        ("application/x-www-form-urlencoded", $"note={Number}"),
        ("text/plain", Number),
        // Not what it says that it is: some handlers read on all the same.
        ("application/json", $"note: {Number}\n"),
        ("application/json", $"{{id: dev-9, kind: river, name: {{ja: '{Number}'}}}}"),
        ("application/json", $"id,note\na,{Number}\n"),
        ("application/xml", $"note: {Number}\n"),
        ("application/x-www-form-urlencoded", $"id,note\na,{Number}\n"),
        ("multipart/form-data", $"id,note\na,{Number}\n"),
        ("application/zip", $"id,note\na,{Number}\n"),
    ];

    /// <summary>The same number where no line shows it: YAML decodes escapes and joins folded lines.</summary>
    private static readonly string[] HiddenInYaml =
        ["name: { ja: \"12345678901\\x38\" }\n", "name: { ja: \"1234 5678\n  9018\" }\n", "\"\\u003123456789018\": 1\n"];

    /// <summary>The routes that read YAML, also where it says that it is JSON.</summary>
    private static readonly (string Route, string MediaType)[] YamlReaders =
    [
        ("PUT /api/registry/municipalities/{municipality}/manifest", "application/yaml"),
        ("PUT /api/registry/municipalities/{municipality}/manifest", "application/json"),
        ("POST /api/registry/municipalities/{municipality}/devices/", "application/json"),
    ];

    /// <summary>Readings whose search parameters become part of a record that nobody can change.</summary>
    private static readonly string[] RecordedReads =
        ["/api/registry/municipalities/{municipality}/exchange-log", "/api/registry/municipalities/{municipality}/grants/"];

    public static TheoryData<string> AppIds => [.. Services.Select(service => service.AppId)];

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task EveryWrite_WhenItCarriesAnIndividualNumber_IsRefusedAndNothingIsStored(string appId)
    {
        await using var service = await WholeService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
        var before = await service.StoredAsync();
        foreach (var endpoint in service.Writes.Where(IsChecked))
        {
            foreach (var method in WholeService.MethodsOf(endpoint))
            {
                foreach (var (mediaType, body) in Bodies)
                {
                    await RefusesAsync(service.SendAsync(endpoint, method, body, mediaType), endpoint, mediaType);
                }

                await RefusesAsync(service.SendAsync(endpoint, method, "{}", "application/json", query: "?note=" + Number), endpoint, "query");
                await RefusesAsync(service.SendAsync(endpoint, method, "{}", "application/json", idempotencyKey: Number), endpoint, "Idempotency-Key");
                if (endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name is not ("municipality" or "code")))
                {
                    await RefusesAsync(service.SendAsync(endpoint, method, "{}", "application/json", value: Number), endpoint, "route value");
                }
            }
        }

        (await service.StoredAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task EveryWrite_WhenYamlHidesAnIndividualNumber_StoresNone(string appId)
    {
        await using var service = await WholeService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
        foreach (var endpoint in service.Writes.Where(IsChecked))
        {
            foreach (var (yaml, mediaType) in HiddenInYaml.SelectMany(yaml => new[] { (yaml, "application/yaml"), (yaml, "application/json") }))
            {
                var sending = service.SendAsync(endpoint, WholeService.MethodsOf(endpoint).First(), yaml, mediaType);
                await (YamlReaders.Contains((WholeService.NameOf(endpoint), mediaType))
                    ? RefusesAsync(sending, endpoint, $"{mediaType} {yaml}")
                    : RepeatsNoNumberAsync(sending, endpoint));
            }
        }

        (await service.StoredAsync()).ShouldNotContain(Number);
    }

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task EveryRead_WhenItsAddressCarriesAnIndividualNumber_StoresNone(string appId)
    {
        await using var service = await WholeService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
        foreach (var endpoint in service.Reads)
        {
            foreach (var parameter in WholeService.TextsInQueryOf(endpoint))
            {
                var reading = service.ReadAsync(endpoint, $"?{parameter}={Number}");
                await (RecordedReads.Contains(endpoint.RoutePattern.RawText, StringComparer.Ordinal) && parameter is "subject" or "purposeText"
                    ? RefusesAsync(reading, endpoint, parameter)
                    : EndsAsync(reading));
            }

            await EndsAsync(service.ReadAsync(endpoint, "", value: Number));
        }

        (await service.StoredAsync()).ShouldNotContain(Number);
    }

    [Fact]
    public async Task RecordedReads_AreFoundWithTheirParameters()
    {
        await using var registry = await WholeService.StartAsync(RegistryService.Definition);

        foreach (var route in RecordedReads)
        {
            WholeService.TextsInQueryOf(registry.Reads.Single(endpoint => endpoint.RoutePattern.RawText == route)).ShouldContain("subject");
        }
    }

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task EveryWrite_WhenItHoldsNoNumber_IsNotRefusedForOne(string appId)
    {
        await using var service = await WholeService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
        foreach (var endpoint in service.Writes.Where(IsChecked))
        {
            using var response = await service.SendAsync(
                endpoint, WholeService.MethodsOf(endpoint).First(), """{"at":123456789018,"point":"137.123456789018"}""", "application/json");
            (await response.Content.ReadAsStringAsync()).ShouldNotContain("my-number-refused", customMessage: WholeService.NameOf(endpoint));
        }
    }

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task EveryWrite_WhenATextHoldsANul_IsNoInternalError(string appId)
    {
        await using var service = await WholeService.StartAsync(Array.Find(Services, one => one.AppId == appId)!);
        foreach (var endpoint in service.Writes.Where(IsChecked))
        {
            using var response = await service.SendAsync(
                endpoint, WholeService.MethodsOf(endpoint).First(), """{"reason":"\u0000","note":"\u0000"}""", "application/json", query: "?note=%00");
            ((int)response.StatusCode).ShouldNotBe(500, WholeService.NameOf(endpoint));
        }
    }

    [Fact]
    public async Task Unchecked_IsTheStatedListAndHasReasons()
    {
        var found = new List<string>();
        foreach (var definition in Services)
        {
            await using var service = await WholeService.StartAsync(definition);
            foreach (var endpoint in service.Writes.Where(endpoint => !IsChecked(endpoint)))
            {
                endpoint.Metadata.GetMetadata<MyNumberUncheckedAttribute>()!.Reason.Length.ShouldBeGreaterThan(20);
                found.Add($"{definition.AppId} {WholeService.NameOf(endpoint)}");
            }
        }

        found.Order(StringComparer.Ordinal).ShouldBe(Unchecked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Writes_AreFoundInTheServicesThatHaveThem()
    {
        await using var alerts = await WholeService.StartAsync(AlertsService.Definition);

        alerts.Writes.Select(WholeService.NameOf).ShouldContain("POST /api/{municipality}/alerts/drafts/");
        alerts.Writes.Count.ShouldBeGreaterThanOrEqualTo(6);
    }

    private static bool IsChecked(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MyNumberUncheckedAttribute>() is null;

    private static async Task RepeatsNoNumberAsync(Task<HttpResponseMessage> sending, RouteEndpoint endpoint)
    {
        using var response = await sending;
        (await response.Content.ReadAsStringAsync()).ShouldNotContain(Number, customMessage: WholeService.NameOf(endpoint));
    }

    private static async Task EndsAsync(Task<HttpResponseMessage> sending) => (await sending).Dispose();

    private static async Task RefusesAsync(Task<HttpResponseMessage> sending, RouteEndpoint endpoint, string what)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode, text.Contains("my-number-refused", StringComparison.Ordinal), text.Contains(Number, StringComparison.Ordinal))
            .ShouldBe((422, true, false), $"{WholeService.NameOf(endpoint)} with {what}: {text}");
    }
}
