namespace SmartCity.Authorization.Tests;

/// <summary>Who may use a route.</summary>
public enum Access
{
    /// <summary>Everybody, signed in or not.</summary>
    Open,

    /// <summary>Whoever has a valid token; they see and end what is theirs, which the tests of the route itself show.</summary>
    SignedIn,

    /// <summary>Whoever has a valid token of the town in the URL.</summary>
    TownPerson,

    /// <summary>Officers of the town in the URL.</summary>
    Officer,

    /// <summary>Clerks and officers of the town in the URL.</summary>
    Staff,

    /// <summary>Clerks and officers of the town in the URL, and operators.</summary>
    Steward,

    /// <summary>Officers of the town in the URL, and operators.</summary>
    Auditor,

    /// <summary>Clerks and officers of any town, and operators; each sees what is theirs.</summary>
    AnySteward,

    /// <summary>Operators.</summary>
    Operator,

    /// <summary>Other services through their sidecars: no route of the gateway leads there.</summary>
    Inside,

    /// <summary>A page of the portal, or what it needs: everybody may open it; what it shows is the session's.</summary>
    Page,

    /// <summary>A page for staff who signed in at the portal: without that session it leads to the sign-in, whatever token comes along.</summary>
    SessionPage,

    /// <summary>A form of such a page: without the session nothing is done.</summary>
    SessionForm,
}

/// <param name="Passing">Status that those are answered who are let in, where it is no success: the tests' services are empty.</param>
internal sealed record MatrixRow(Access Access, string? Passing);

/// <summary>Every route of every service and who may use it. A route that is not here fails the tests: adding one is a decision.</summary>
internal static partial class Matrix
{
    public static readonly IReadOnlyDictionary<string, MatrixRow> Rows = Parse("""
        alerts GET /api/{municipality}/alerts/active                                    Open
        alerts GET /api/{municipality}/alerts/{id}                                      Open 404
        alerts GET /api/{municipality}/alerts/{id}.cap.xml                              Open 404
        alerts GET /api/{municipality}/alerts/feed.atom                                 Open
        alerts GET /api/{municipality}/alerts/stream                                    Open
        alerts GET /api/{municipality}/alerts/shelters                                  Open
        alerts POST /api/{municipality}/alerts/{id}/cancel                              Officer
        alerts POST /api/{municipality}/alerts/{id}/update                              Officer
        alerts POST /api/{municipality}/alerts/cap                                      Officer
        alerts GET /api/{municipality}/alerts/cap/intake                                Officer
        alerts GET /api/{municipality}/alerts/cap/feeds                                 Officer
        alerts POST /api/{municipality}/alerts/jma/                                     Officer
        alerts GET /api/{municipality}/alerts/jma/                                      Officer
        alerts GET /api/{municipality}/alerts/jma/intake                                Officer
        alerts POST /api/{municipality}/alerts/jma/{id}/publish                         Officer 404
        alerts POST /api/{municipality}/alerts/jma/{id}/ignore                          Officer 404
        alerts GET /api/{municipality}/alerts/jma/push/{feed}                           Open 404
        alerts POST /api/{municipality}/alerts/jma/push/{feed}                          Open 404
        alerts GET /api/{municipality}/alerts/drafts/                                   Officer
        alerts POST /api/{municipality}/alerts/drafts/                                  Officer
        alerts GET /api/{municipality}/alerts/drafts/{id}                               Officer 404
        alerts POST /api/{municipality}/alerts/drafts/{id}/approve                      Officer 404
        alerts POST /api/{municipality}/alerts/drafts/{id}/reject                       Officer 404
        alerts GET /api/{municipality}/alerts/drafts/{id}/reach                         Officer 404
        alerts POST /api/{municipality}/alerts/drafts/preview                           Officer
        alerts GET /api/{municipality}/alerts/{id}/history                              Officer 404
        alerts GET /api/{municipality}/alerts/{id}/deliveries/export.csv                Officer 404
        alerts GET /api/{municipality}/alerts/self-tests/recipients                     Officer
        alerts GET /api/{municipality}/alerts/alarms/                                   Officer
        alerts GET /api/{municipality}/alerts/alarms/{id}                               Officer 404
        alerts POST /api/{municipality}/alerts/alarms/{id}/acknowledge                  Officer 404
        alerts POST /events/sensor-threshold                                            Inside
        alerts POST /events/device-silent                                               Inside
        alerts PUT /api/{municipality}/alerts/shelters/{id}/status                      Staff
        alerts GET /api/{municipality}/alerts/shelters/{id}                             Open 404
        alerts GET /api/{municipality}/alerts/shelters/{id}/reports                     Staff 404
        alerts GET /api/{municipality}/alerts/shelters/reporters                        Staff
        alerts GET /api/{municipality}/alerts/safety-check/                             Open
        alerts POST /api/{municipality}/alerts/safety-check/                            Open
        alerts PUT /api/{municipality}/alerts/safety-check/                             Open
        alerts POST /api/{municipality}/alerts/safety-check/mine                        Open
        alerts POST /api/{municipality}/alerts/safety-check/erase                       Open
        alerts POST /api/{municipality}/alerts/safety-check/find                        Open
        alerts POST /api/{municipality}/alerts/safety-check/calls                       Staff
        alerts GET /api/{municipality}/alerts/safety-check/counts                       Staff
        alerts POST /api/{municipality}/alerts/safety-check/checks/                     Officer
        alerts POST /api/{municipality}/alerts/safety-check/checks/{id}/close           Officer 404
        alerts GET /api/{municipality}/alerts/safety-check/rescue-list/                 Officer
        alerts GET /api/{municipality}/alerts/safety-check/rescue-list/export.csv       Officer
        alerts PUT /api/{municipality}/alerts/safety-check/rescue-list/{id}             Officer
        alerts GET /api/{municipality}/alerts/safety-check/rescue-list/{id}/steps       Officer 404
        alerts DELETE /api/{municipality}/alerts/safety-check/rescue-list/{id}          Officer 404
        alerts GET /api/{municipality}/alerts/push-key                                  Open
        alerts POST /api/{municipality}/alerts/subscriptions                            Open 400
        alerts GET /api/{municipality}/alerts/subscriptions/{id}                        Open 404
        alerts DELETE /api/{municipality}/alerts/subscriptions/{id}                     Open 404
        alerts GET /api/{municipality}/alerts/subscriptions/confirm                     Open 404
        alerts POST /api/{municipality}/alerts/subscriptions/confirm                    Open 404
        alerts GET /api/{municipality}/alerts/subscriptions/{id}/unsubscribe            Open 404
        alerts POST /api/{municipality}/alerts/subscriptions/{id}/unsubscribe           Open 404
        alerts GET /api/{municipality}/alerts/{id}/deliveries                           Officer 404
        alerts GET /api/{municipality}/alerts/{id}/reach                                Officer 404
        alerts GET /api/{municipality}/alerts/self-tests/                               Officer
        alerts POST /api/{municipality}/alerts/self-tests/                              Officer
        alerts PUT /api/{municipality}/alerts/self-tests/recipients                     Officer
        alerts GET /api/{municipality}/alerts/reports/{id}                              Officer 404
        alerts GET /api/{municipality}/alerts/reports/{id}.html                         Officer 404
        alerts GET /api/{municipality}/alerts/reports/{id}.csv                          Officer 404
        alerts GET /api/{municipality}/alerts/drills/                                   Officer
        alerts POST /api/{municipality}/alerts/drills/                                  Officer
        alerts GET /api/{municipality}/alerts/drills/{id}                               Officer 404
        alerts POST /api/{municipality}/alerts/drills/{id}/approve                      Officer 404
        alerts POST /api/{municipality}/alerts/drills/{id}/stop                         Officer 404
        alerts POST /api/{municipality}/alerts/drills/{id}/reject                       Officer 404
        alerts GET dapr/subscribe                                                       Inside
        alerts GET /internal/holdings/{municipality}                                    Inside
        gateway GET /gateway/routes                                                     Operator
        gateway GET /openapi                                                            Open
        gateway GET /openapi.json                                                       Open
        gateway GET /openapi/style.css                                                  Open
        portal GET /{municipality}/                                                     Page
        portal GET /{municipality}/alerts/{id}                                          Page 503
        portal GET /{municipality}/devices                                              Page
        portal GET /{municipality}/devices/{id}                                         Page 404
        portal GET /{municipality}/devices/{id}/live                                    Page 404
        portal GET /{municipality}/live                                                 Page
        portal GET /{municipality}/map                                                  Page
        portal GET /{municipality}/map/live                                             Page
        portal GET /{municipality}/my/                                                  SessionPage
        portal POST /{municipality}/my/grants/{id}/confirm                              SessionForm
        portal POST /{municipality}/my/grants/{id}/end                                  SessionForm
        portal POST /{municipality}/my/signout                                          SessionForm
        portal GET /{municipality}/notifications                                        Page
        portal POST /{municipality}/notifications                                       Page
        portal GET /{municipality}/push-worker.js                                       Page
        portal GET /{municipality}/app.webmanifest                                      Page
        portal GET /{municipality}/shelters                                             Page
        portal GET /{municipality}/safety                                               Page
        portal POST /{municipality}/safety                                              Page
        portal POST /{municipality}/safety/find                                         Page 503
        portal POST /{municipality}/safety/mine                                         Page 503
        portal POST /{municipality}/safety/erase                                        Page 503
        portal GET /{municipality}/staff/alerts/                                        SessionPage
        portal GET /{municipality}/staff/alerts/live                                    SessionPage
        portal GET /{municipality}/staff/alerts/bulletins/{id}/publish                  SessionPage
        portal POST /{municipality}/staff/alerts/bulletins/{id}/publish                 SessionForm
        portal POST /{municipality}/staff/alerts/bulletins/{id}/ignore                  SessionForm
        portal GET /{municipality}/staff/alerts/new                                     SessionPage
        portal POST /{municipality}/staff/alerts/new                                    SessionForm
        portal GET /{municipality}/staff/alerts/drafts/{id}                             SessionPage
        portal GET /{municipality}/staff/alerts/drafts/{id}/live                        SessionPage
        portal POST /{municipality}/staff/alerts/drafts/{id}/approve                    SessionForm
        portal POST /{municipality}/staff/alerts/drafts/{id}/reject                     SessionForm
        portal GET /{municipality}/staff/alerts/self-tests                              SessionPage
        portal GET /{municipality}/staff/alerts/self-tests/live                         SessionPage
        portal POST /{municipality}/staff/alerts/self-tests                             SessionForm
        portal POST /{municipality}/staff/alerts/self-tests/recipients                  SessionForm
        portal GET /{municipality}/staff/alerts/{id}                                    SessionPage
        portal GET /{municipality}/staff/alerts/{id}/live                               SessionPage
        portal GET /{municipality}/staff/alerts/{id}/not-reached.csv                    SessionPage
        portal GET /{municipality}/staff/alerts/{id}/update                             SessionPage
        portal POST /{municipality}/staff/alerts/{id}/update                            SessionForm
        portal GET /{municipality}/staff/alerts/{id}/cancel                             SessionPage
        portal POST /{municipality}/staff/alerts/{id}/cancel                            SessionForm
        portal GET /{municipality}/staff/shelters                                       SessionPage
        portal POST /{municipality}/staff/shelters/{id}                                 SessionForm
        portal GET /{municipality}/staff/rescue                                         SessionPage
        portal GET /{municipality}/staff/rescue.csv                                     SessionPage
        portal POST /{municipality}/staff/rescue/{id}                                   SessionForm
        portal POST /{municipality}/staff/rescue/open                                   SessionForm
        portal POST /{municipality}/staff/rescue/close/{id}                             SessionForm
        portal GET /{municipality}/staff/calls                                          SessionPage
        portal POST /{municipality}/staff/calls                                         SessionForm
        portal GET /{municipality}/staff/                                               SessionPage
        portal GET /{municipality}/staff/changes                                        SessionPage
        portal GET /{municipality}/staff/changes/{id:long}                              SessionPage
        portal GET /{municipality}/staff/changes/{id:long}/approve                      SessionPage
        portal POST /{municipality}/staff/changes/{id:long}/approve                     SessionForm
        portal POST /{municipality}/staff/changes/{id:long}/reject                      SessionForm
        portal GET /{municipality}/staff/devices                                        SessionPage
        portal GET /{municipality}/staff/drills                                         SessionPage
        portal POST /{municipality}/staff/drills                                        SessionForm
        portal GET /{municipality}/staff/drills/{id}                                    SessionPage
        portal GET /{municipality}/staff/drills/{id}/live                               SessionPage
        portal POST /{municipality}/staff/drills/{id}/approve                           SessionForm
        portal POST /{municipality}/staff/drills/{id}/reject                            SessionForm
        portal POST /{municipality}/staff/drills/{id}/stop                              SessionForm
        portal GET /{municipality}/staff/drills/{id}/report                             SessionPage
        portal GET /{municipality}/staff/drills/{id}/report.csv                         SessionPage
        portal GET /{municipality}/staff/reports/{id}                                   SessionPage
        portal GET /{municipality}/staff/reports/{id}.csv                               SessionPage
        portal GET /{municipality}/staff/grants                                         SessionPage
        portal POST /{municipality}/staff/grants                                        SessionForm
        portal POST /{municipality}/staff/grants/{id}/confirm                           SessionForm
        portal POST /{municipality}/staff/grants/{id}/end                               SessionForm
        portal GET /{municipality}/staff/signin                                         Page 503
        portal POST /{municipality}/staff/signout                                       SessionForm
        portal GET /signin/callback                                                     Page
        portal GET /portal-assets/{name}                                                Page 404
        portal GET /{**path}                                                            Page 404
        portal HEAD /{**path}                                                           Page 404
        registry GET /api/registry/municipalities                                       Open
        registry GET /api/registry/schema/municipality.json                             Open
        registry GET /api/registry/changes/                                             AnySteward
        registry GET /api/registry/changes/{id:long}                                    AnySteward 404
        registry POST /api/registry/changes/{id:long}/approve                           AnySteward 404
        registry POST /api/registry/changes/{id:long}/reject                            AnySteward 404
        registry PUT /api/registry/municipalities/{municipality}/manifest               Steward
        registry GET /api/registry/municipalities/{municipality}/manifest               Steward 404
        registry DELETE /api/registry/municipalities/{municipality}/                    Steward 404
        registry PUT /api/registry/municipalities/{municipality}/files/{sha256}         Steward
        registry GET /api/registry/municipalities/{municipality}/files/{sha256}         Steward 404
        registry GET /api/registry/municipalities/{municipality}/devices/               Steward
        registry POST /api/registry/municipalities/{municipality}/devices/              Steward
        registry POST /api/registry/municipalities/{municipality}/devices/import        Steward
        registry GET /api/registry/municipalities/{municipality}/devices/{device}       Steward 404
        registry GET /api/registry/municipalities/{municipality}/devices/{device}/keys/ Steward 404
        registry POST /api/registry/municipalities/{municipality}/devices/{device}/keys/ Steward 404
        registry DELETE /api/registry/municipalities/{municipality}/devices/{device}/keys/ Steward 404
        registry DELETE /api/registry/municipalities/{municipality}/devices/{device}/keys/{keyId} Steward 404
        registry GET /api/registry/exchange-log/keys                                    Open
        registry GET /api/registry/exchange-log/export                                  Operator
        registry GET /api/registry/my/exchange-log                                      SignedIn
        registry GET /api/registry/municipalities/{municipality}/exchange-log           Auditor
        registry GET /api/registry/municipalities/{municipality}/grants/                SignedIn
        registry POST /api/registry/municipalities/{municipality}/grants/               TownPerson
        registry POST /api/registry/municipalities/{municipality}/grants/{id}/confirm   SignedIn 404
        registry DELETE /api/registry/municipalities/{municipality}/grants/{id}         SignedIn 404
        registry GET dapr/subscribe                                                     Inside
        registry POST /events/exchange-recorded                                         Inside
        registry GET /internal/grants                                                   Inside
        registry GET /internal/towns                                                    Inside
        registry GET /internal/files/{sha256}                                           Inside 404
        registry GET /internal/device-keys                                              Inside
        registry POST /internal/mqtt/auth                                               Inside
        registry POST /internal/mqtt/acl                                                Inside
        telemetry GET /api/{municipality}/telemetry/devices/                            Open
        telemetry GET /api/{municipality}/telemetry/devices/{id}                        Open 404
        telemetry GET /api/{municipality}/telemetry/devices/{id}/readings               Open 404
        telemetry GET /api/{municipality}/telemetry/fleet/                              Open
        telemetry GET /api/{municipality}/telemetry/devices/{id}/twin                   Staff 404
        telemetry PATCH /api/{municipality}/telemetry/devices/{id}/twin                 Staff 404
        telemetry GET /api/{municipality}/telemetry/commands                            Staff
        telemetry GET /api/{municipality}/telemetry/devices/{id}/commands/              Staff 404
        telemetry POST /api/{municipality}/telemetry/devices/{id}/commands/             Staff
        telemetry GET /api/{municipality}/telemetry/devices/{id}/commands/{commandId}   Staff 404
        telemetry POST /api/{municipality}/telemetry/devices/{id}/commands/{commandId}/approve Officer 404
        telemetry POST /api/{municipality}/telemetry/devices/{id}/commands/{commandId}/reject Officer 404
        telemetry GET /api/{municipality}/telemetry/devices/{id}/readings.csv           Open 404
        telemetry GET /api/{municipality}/telemetry/devices/{id}/readings.json          Open 404
        telemetry GET /api/{municipality}/telemetry/map.geojson                         Open
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/context.jsonld           Open
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/entities                 Open
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/entities/{entityId}      Open 400
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/types                    Open
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/types/{type}             Open 404
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/attributes               Open
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/attributes/{attribute}   Open 404
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/temporal/entities/{entityId} Open 404
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/subscriptions            Staff
        telemetry POST /api/{municipality}/telemetry/ngsi-ld/v1/subscriptions           Staff
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/subscriptions/{subscriptionId} Staff 404
        telemetry PATCH /api/{municipality}/telemetry/ngsi-ld/v1/subscriptions/{subscriptionId} Staff 404
        telemetry DELETE /api/{municipality}/telemetry/ngsi-ld/v1/subscriptions/{subscriptionId} Staff 404
        telemetry GET /api/{municipality}/telemetry/ngsi-ld/v1/{**rest}                 Open
        telemetry POST /api/{municipality}/telemetry/ngsi-ld/v1/{**rest}                Staff
        telemetry PUT /api/{municipality}/telemetry/ngsi-ld/v1/{**rest}                 Staff
        telemetry PATCH /api/{municipality}/telemetry/ngsi-ld/v1/{**rest}               Staff
        telemetry DELETE /api/{municipality}/telemetry/ngsi-ld/v1/{**rest}              Staff
        telemetry GET /api/{municipality}/telemetry/open-data/devices.csv               Open
        telemetry GET /api/{municipality}/telemetry/open-data/devices.geojson           Open
        telemetry GET /api/{municipality}/telemetry/open-data/latest.csv                Open
        telemetry GET /api/{municipality}/telemetry/open-data/latest.geojson            Open
        telemetry GET /api/{municipality}/telemetry/stream                              Open
        telemetry GET /internal/holdings/{municipality}                                 Inside
        telemetry POST /internal/commands/{municipality}/{device}                       Inside 400
        telemetry GET /internal/commands/{municipality}/{device}/{commandId}            Inside 404
        """ + "\n" + OfTransit);

    /// <summary>What every service has alike: open to whoever reaches it.</summary>
    public static readonly IReadOnlyCollection<string> OfEveryService = ["/livez", "/readyz", "/openapi/{documentName}.json", "/"];

    private static Dictionary<string, MatrixRow> Parse(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(parts => string.Join(' ', parts[..3]), parts => new MatrixRow(Enum.Parse<Access>(parts[3]), parts.ElementAtOrDefault(4)), StringComparer.Ordinal);
}
