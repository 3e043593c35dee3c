using SmartCity.Alerts.Data;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Data;

/// <summary>A database that the first version of the service wrote.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Start_WhenTheDatabaseIsOfTheFirstVersion_KeepsItsAlertsAndTheirLevels()
    {
        await using var app = await AlertsApp.StartOnAsync(WriteFirstVersionAsync);
        var alert = await app.OneActiveAsync();
        (alert.Id, alert.Level, alert.Severity, alert.Status, alert.Origin).ShouldBe(("a-1", 4, "Severe", "Actual", null));

        // Its chain goes on.
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await app.ActiveAsync()).Count.ShouldBe(2);
        using var cancel = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("a-1/cancel"), AlertsApp.ImportingOfficer, new { reason = "x" });
        cancel.IsSuccessStatusCode.ShouldBeTrue();
        (await app.OneActiveAsync()).Level.ShouldBe(3);
    }

    private static async Task WriteFirstVersionAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync();
        using var script = new StreamReader(typeof(AlertDbContext).Assembly.GetManifestResourceStream("SmartCity.Alerts.Schema.001-initial.sql")!);
        await connection.ExecuteAsync(DatabaseKind.From(database.ConnectionString).Translate(await script.ReadToEndAsync()));
        var view = """
            {"id":"a-1","alertId":"a-1","municipality":"162043","status":"Actual","msgType":"Alert","level":4,"hazard":"flood","sent":"2026-07-01T03:00:00+09:00","expires":"2096-07-01T03:00:00+09:00","info":[{"language":"ja","event":"河川増水","levelName":"避難指示","headline":"h","description":"d","instruction":"i","areaDescription":"a"}]}
            """.Trim();
        var expires = UnixMicroseconds.From(new DateTimeOffset(2096, 7, 1, 3, 0, 0, JapanTime.Offset));
        await connection.ExecuteAsync($"""
            CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL);
            INSERT INTO schema_version (version, name) VALUES (1, 'initial');
            INSERT INTO alert_chain VALUES ('a-1', '162043', 'old-gauge', 'flood', 4, 'a-1', {expires}, NULL);
            INSERT INTO alert_message VALUES ('a-1', 'a-1', '162043', 'bousai@city.uozu.example', 'Alert', 1, {expires}, '{view}', '<alert/>', NULL, NULL);
            INSERT INTO stream_event (municipality, message_id, alert_id, msg_type, expires, payload) VALUES ('162043', 'a-1', 'a-1', 'Alert', {expires}, '{view}');
            INSERT INTO draft VALUES ('d-1', '162043', 'Pending', 3, 'flood', 3600, NULL, NULL, NULL, '[]', 1, 'somebody', NULL, NULL, NULL, NULL);
            """);
    }
}
