using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Staff.Alerting;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Drafts, alerts and deliveries as the alerts service answers officers.</summary>
public sealed class FakeAlerts
{
    public List<DraftAnswer> Drafts { get; } = [];

    public List<AlertView> Active { get; } = [];

    public List<BulletinAnswer> Bulletins { get; } = [];

    public DraftReachAnswer Reach { get; set; } = new(DateTimeOffset.UtcNow, "Alert", 4, null, [], 1234, [new("web-push", 1200), new("email", 34)], 56, 7, 3);

    public HistoryAnswer? History { get; set; }

    /// <summary>Null while recipients are not written down.</summary>
    public ReachAnswer? Delivered { get; set; }

    public List<DeliveryAnswer> Missed { get; } = [];

    public List<SelfTestAnswer> SelfTests { get; } = [];

    public List<RecipientAnswer> Recipients { get; } = [];

    /// <summary>What is answered instead of doing it: HTTP status and problem code.</summary>
    public (int Status, string Code)? Refusal { get; set; }

    /// <summary>The only call that is refused; null for every write.</summary>
    public string? RefusalOf { get; set; }

    /// <summary>Status of every question instead of an answer.</summary>
    public int? Away { get; set; }

    public ConcurrentQueue<(string Call, string? Key, JsonNode? Body)> Writes { get; } = new();

    public ConcurrentQueue<string> Questions { get; } = new();

    public void Map(WebApplication app)
    {
        var town = app.MapGroup("/api/{municipality}/alerts").AddEndpointFilter(async (context, next) =>
        {
            Questions.Enqueue(context.HttpContext.Request.Path + context.HttpContext.Request.QueryString);
            return Away is { } status ? Results.Problem(statusCode: status, type: "urn:smartcity:problem:no") : await next(context);
        });
        town.MapGet("/drafts", (string? status) => new Page<DraftAnswer>([.. Drafts.Where(draft => status is null || draft.Status == status)]));
        town.MapGet("/drafts/{id}", (string id) => Drafts.Find(draft => draft.Id == id) is { } draft ? Results.Ok(draft) : Unknown("unknown-draft"));
        town.MapGet("/drafts/{id}/reach", () => Reach);
        town.MapPost("/drafts/preview", (HttpRequest request) => DoAsync(request, () => new DraftPreviewAnswer(Words("公式の見出し"), Reach)));
        town.MapPost("/drafts", (HttpRequest request) => DoAsync(request, () => Drafts[0]));
        town.MapPost("/drafts/{id}/approve", (string id, HttpRequest request) => DoAsync(request, () => Decide(id, "Approved", request)));
        town.MapPost("/drafts/{id}/reject", (string id, HttpRequest request) => DoAsync(request, () => Decide(id, "Rejected", request)));
        town.MapGet("/active", () => new Page<AlertView>(Active));
        town.MapGet("/jma", () => new Page<BulletinAnswer>(Bulletins));
        town.MapPost("/jma/{id}/publish", (HttpRequest request) => DoAsync(request, () => new { Id = "b" }));
        town.MapPost("/jma/{id}/ignore", (HttpRequest request) => DoAsync(request, () => new { Id = "b" }));
        town.MapGet("/{id}/history", () => History is { } history ? Results.Ok(history) : Unknown("unknown-alert"));
        town.MapGet("/{id}/reach", () => Delivered is { } reach ? Results.Ok(reach) : Unknown("unknown-alert"));
        town.MapGet("/{id}/deliveries", () => new Page<DeliveryAnswer>(Missed, Missed.Count > 0 ? "next" : null));
        town.MapGet("/{id}/deliveries/export.csv", (string? encoding) => Results.Bytes("a"u8.ToArray(), "text/csv; charset=" + (encoding ?? "utf-8"), "deliveries.csv"));
        town.MapPost("/{id}/update", (HttpRequest request) => DoAsync(request, () => new { Id = "made" }));
        town.MapPost("/{id}/cancel", (HttpRequest request) => DoAsync(request, () => new { Id = "made" }));
        town.MapGet("/self-tests", () => new Page<SelfTestAnswer>(SelfTests));
        town.MapPost("/self-tests", (HttpRequest request) => DoAsync(request, () => SelfTests.FirstOrDefault() ?? new SelfTestAnswer("t", DateTimeOffset.UnixEpoch, null, false, false, [])));
        town.MapGet("/self-tests/recipients", () => new Page<RecipientAnswer>(Recipients));
        town.MapPut("/self-tests/recipients", (HttpRequest request) => DoAsync(request, () => null));
    }

    public static DraftAnswer Draft(string id = "d1", int level = 4, string? by = null, string status = "Actual", int minutesAgo = 3) => new()
    {
        Id = id,
        Status = "Pending",
        CapStatus = status,
        Level = level,
        Hazard = "flood",
        ExpiresAfterSeconds = 7200,
        DeviceId = by is null ? "river-1" : null,
        RuleId = by is null ? "river-warning" : null,
        Info = Words($"見出し {id}"),
        CreatedAt = DateTimeOffset.UtcNow.AddMinutes(-minutesAgo),
        CreatedBy = by,
    };

    public static IReadOnlyList<AlertInfoView> Words(string headline) =>
    [
        new("ja", "洪水", "避難指示", headline, "説明", "逃げてください", "全域"),
        new("ja-Hira", "こうずい", "にげる", "かな の みだし", "せつめい", "にげて ください", "ぜんぶ"),
        new("en", "Flood", "Evacuation order", "Headline " + headline, "Description", "Leave", "Whole town"),
        new("vi", "Lũ lụt", "Sơ tán", "Tiêu đề", "Mô tả", "Hãy rời đi", "Toàn thị trấn"),
    ];

    public static AlertView Alert(string id = "a1", string status = "Actual", int? level = 4) => new()
    {
        Id = id,
        AlertId = id,
        Municipality = StaffApp.Town,
        Status = status,
        MsgType = "Alert",
        Level = level,
        Hazard = "flood",
        Sent = DateTimeOffset.UtcNow.AddMinutes(-1),
        Expires = DateTimeOffset.UtcNow.AddHours(2),
        DeviceId = "river-1",
        Info = Words($"見出し {id}"),
    };

    private DraftAnswer Decide(string id, string status, HttpRequest request)
    {
        var place = Drafts.FindIndex(draft => draft.Id == id);
        return Drafts[place] = Drafts[place] with { Status = status, DecidedBy = PersonOf(request), DecidedAt = DateTimeOffset.UtcNow, AlertId = status == "Approved" ? "a1" : null };
    }

    private async Task<IResult> DoAsync(HttpRequest request, Func<object?> act)
    {
        var body = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(request.Body) : null;
        PersonOf(request).ShouldNotBeEmpty();
        Writes.Enqueue(($"{request.Method} {request.Path}", request.Headers["Idempotency-Key"].FirstOrDefault(), body));
        return Refusal is { } refusal && (RefusalOf is null || RefusalOf == $"{request.Method} {request.Path}") ? Results.Problem(statusCode: refusal.Status, type: "urn:smartcity:problem:" + refusal.Code, title: "No.", detail: "The service's own words.")
            : act() is { } answer ? Results.Ok(answer) : Results.NoContent();
    }

    private static string PersonOf(HttpRequest request)
        => new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(request.Headers.Authorization.ToString()["Bearer ".Length..]).Subject;

    private static IResult Unknown(string code) => Results.Problem(statusCode: 404, type: "urn:smartcity:problem:" + code);
}
