using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Portal.Languages;
using SmartCity.Portal.StaticFiles;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Notifications;

/// <summary>What a browser needs to keep a town's pages as an app: the service worker that shows notifications, and the manifest.</summary>
internal static class AppEndpoints
{
    public const string WorkerName = "push-worker.js";
    public const string ManifestName = "app.webmanifest";

    // What browsers paint before the first page is there: tokens.css, --header and --ground.
    private const string HeaderColour = "#10394b";
    private const string GroundColour = "#ffffff";

    private static readonly (int Pixels, string Asset)[] Icons = [(192, "icon-192.png"), (512, "icon-512.png")];

    /// <summary>The script with the words of every language before it: a push comes in the subscriber's, whatever page is open.</summary>
    public static ContentHttpResult GetWorker(HttpContext http, TextCatalog texts, AssetFiles assets)
    {
        var town = http.CurrentTown().Code;
        var words = texts.Languages.ToDictionary(WishForm.TagOf, language => new
        {
            Level = language.Text("level.label").ToString(),
            Cancelled = Marked(language.Text("alert.cancelled.mark")),
            Exercise = Marked(language.Text("alert.exercise.mark")),
            Test = Marked(language.Text("alert.test.mark")),
            Unread = language.Text("notify.unread").ToString(),
        }, StringComparer.Ordinal);
        var given = JsonSerializer.Serialize(new { Town = town, Icon = assets.Url("icon-192.png"), Words = words }, CityJson.Options);
        // A scope is a prefix: with it the town's own page, which ends without a slash, is the worker's too.
        http.Response.Headers["Service-Worker-Allowed"] = "/" + town;
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text($"const given = {given};\n{assets.Text("push-store.js")}\n{assets.Text("push-worker.js")}", "text/javascript", Encoding.UTF8);
    }

    /// <summary>W3C Web Application Manifest. On an iPhone only a page that was added to the home screen by it gets notifications.</summary>
    public static ContentHttpResult GetManifest(HttpContext http, VisitFactory visits, AssetFiles assets)
    {
        var visit = visits.Begin(http);
        var town = http.CurrentTown();
        var name = visit.Plain("resident.title", ("town", visit.Name(town.Name)));
        var manifest = new
        {
            Id = "/" + town.Code,
            Name = name,
            ShortName = visit.Name(town.Name).ToString(),
            StartUrl = "/" + town.Code,
            Scope = "/" + town.Code,
            Display = "standalone",
            Lang = visit.Language.HtmlLanguage,
            ThemeColor = HeaderColour,
            BackgroundColor = GroundColour,
            Icons = Icons.Select(icon => new { Src = assets.Url(icon.Asset), Sizes = $"{icon.Pixels}x{icon.Pixels}", Type = "image/png", Purpose = "any" }),
        };
        return TypedResults.Text(JsonSerializer.Serialize(manifest, ManifestJson), "application/manifest+json", Encoding.UTF8);
    }

    private static readonly JsonSerializerOptions ManifestJson = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = CityJson.Options.Encoder };

    private static string Marked(Phrase mark) => $"【{mark}】";
}
