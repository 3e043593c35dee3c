using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Shelters and safety checks as the alerts service answers them.</summary>
public sealed class FakeSafety
{
    private static readonly DateTimeOffset Now = FixedClock.Evening.GetUtcNow();

    public SafetyState State { get; set; } = new(true, false, ["medical", "cannot-move", "trapped", "power-device", "small-children", "elderly", "pregnant", "disability", "medicine", "food-water", "other"], null, null);

    public List<ShelterView> Shelters { get; } = [];

    public List<RescueRow> Rows { get; } = [];

    public List<FamilyMember> Family { get; } = [];

    /// <summary>What is answered instead of doing it: HTTP status and problem code.</summary>
    public (int Status, string Code)? Refusal { get; set; }

    /// <summary>Every write.</summary>
    public ConcurrentQueue<SafetyWrite> Writes { get; } = new();

    public const string ReportPolicy = "default-src 'none'; style-src 'sha256-x'";

    /// <summary>The only drill there is.</summary>
    public DrillView Drill { get; set; } = new()
    {
        Id = "drill-1",
        Municipality = StaffApp.Town,
        Name = "洪水訓練",
        Hazard = "flood",
        State = "Planned",
        IsPart = false,
        ExpiresAfterSeconds = 3600,
        Sirens = false,
        SafetyCheck = true,
        StopOnActual = true,
        PlannedAt = Now,
        PlannedBy = "somebody-else",
        Steps = [new(1, 0, null, 3, "Issued", Now, "m-1", null, null), new(2, 600, null, 4, "Skipped", Now, null, "too-late", 400), new(3, 2400, null, null, "Waiting", null, null, null, null)],
    };

    public void Map(WebApplication app)
    {
        var town = app.MapGroup("/api/{municipality}/alerts");
        town.MapGet("/drills", () => new Page<DrillView>([Drill]));
        town.MapGet("/drills/{id}", () => Drill);
        town.MapPost("/drills", (HttpRequest request) => DoAsync(request, () => Drill));
        foreach (var act in (string[])["approve", "reject", "stop"])
        {
            town.MapPost("/drills/{id}/" + act, (HttpRequest request) => DoAsync(request, () => Drill));
        }

        town.MapGet("/reports/{id}.html", (string lang, string? from, HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = ReportPolicy;
            return Results.Content($"<body><!--navigation--><p>report in {lang}{(from is null ? "" : " from " + from)}</p></body>", "text/html");
        });
        town.MapGet("/reports/{id}.csv", (string? encoding) => Results.Bytes(System.Text.Encoding.UTF8.GetBytes(encoding ?? "utf-8"), "text/csv", "report.csv"));
        town.MapGet("/safety-check", () => State);
        town.MapPost("/safety-check", (HttpRequest request) => DoAsync(request, () => new SafetyReceipt("id", "7QX2M-0RTVB", "need-help", Now, State.IsExercise)));
        town.MapPut("/safety-check", (HttpRequest request) => DoAsync(request, Own));
        town.MapPost("/safety-check/mine", (HttpRequest request) => DoAsync(request, Own));
        town.MapPost("/safety-check/erase", (HttpRequest request) => DoAsync(request, () => null));
        town.MapPost("/safety-check/find", (HttpRequest request) => DoAsync(request, () => new FamilyAnswer(Family, Now)));
        town.MapPost("/safety-check/calls", (HttpRequest request) => DoAsync(request, () => new SafetyReceipt("id", "7QX2M-0RTVB", "safe", Now, State.IsExercise)));
        town.MapPost("/subscriptions", (HttpRequest request) => DoAsync(request, () => new { id = "sub-1", status = "confirmation-needed", addresses = new[] { new { channel = "email", address = "t…@example.jp", status = "confirmation-needed" } } }));
        town.MapGet("/safety-check/counts", Counts);
        town.MapGet("/safety-check/rescue-list", () => new Page<RescueRow>(Rows));
        town.MapGet("/safety-check/rescue-list/export.csv", (string? encoding) => Results.Bytes("a"u8.ToArray(), "text/csv; charset=" + (encoding ?? "utf-8"), "rescue.csv"));
        town.MapPut("/safety-check/rescue-list/{id}", (HttpRequest request) => DoAsync(request, () => new RescueState("id", "done", Now, "officer-1", 2)));
        town.MapPost("/safety-check/checks", (HttpRequest request) => DoAsync(request, () => State));
        town.MapPost("/safety-check/checks/{id}/close", (HttpRequest request) => DoAsync(request, () => State));
        town.MapGet("/shelters/reporters", () => new Dictionary<string, string>(StringComparer.Ordinal) { ["A-1"] = "clerk-7" });
        town.MapPut("/shelters/{id}/status", (HttpRequest request) => DoAsync(request, () => Shelters[0]));
    }

    private static OwnReportView Own() => new()
    {
        Id = "id",
        Status = "need-help",
        Needs = ["trapped"],
        PeopleCount = 2,
        Name = "山田 花子",
        HasSharedSecret = true,
        ReceivedAt = Now,
        UpdatedAt = Now,
        Rescue = "waiting",
        IsExercise = false,
    };

    private SafetyCounts Counts() => new()
    {
        AsOf = Now,
        IsExercise = State.IsExercise,
        Reports = 8,
        PeopleSafe = 31,
        PeopleNeedHelp = 5,
        Rescue = new Dictionary<string, int>(StringComparer.Ordinal) { ["waiting"] = 2, ["on-the-way"] = 1, ["done"] = 0 },
        OpenNeeds = new Dictionary<string, int>(StringComparer.Ordinal) { ["medical"] = 1 },
    };

    private async Task<IResult> DoAsync(HttpRequest request, Func<object?> answer)
    {
        var body = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(request.Body) : null;
        var headers = request.Headers;
        Writes.Enqueue(new SafetyWrite($"{request.Method} {request.Path}", body, headers["Idempotency-Key"].ToString(), headers.IfMatch.ToString(), headers.Authorization.Count > 0, headers["X-Forwarded-For"].ToString()));
        if (Refusal is { } refusal)
        {
            return Results.Problem(statusCode: refusal.Status, type: "urn:smartcity:problem:" + refusal.Code, title: "No.");
        }

        return answer() is { } value ? Results.Ok(value) : Results.NoContent();
    }
}

/// <param name="Call">Method and path.</param>
/// <param name="Key">Idempotency-Key.</param>
/// <param name="IsStaff">Whether a token came along.</param>
/// <param name="From">For whom the portal asks.</param>
public sealed record SafetyWrite(string Call, JsonNode? Body, string Key, string IfMatch, bool IsStaff, string From);
