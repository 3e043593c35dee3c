using SmartCity.Portal.StaticFiles;

namespace SmartCity.Portal.Languages;

/// <summary>Reads a request's language and marks the answer with it.</summary>
public sealed class VisitFactory(TextCatalog texts, AssetFiles assets, TimeProvider clock)
{
    public Visit Begin(HttpContext context)
    {
        var language = LanguageChoice.Of(context, texts);
        var headers = context.Response.Headers;
        headers.ContentLanguage = language.HtmlLanguage;
        headers.Vary = "Accept-Language, Cookie";
        // An old alert page from a cache could send people the wrong way.
        headers.CacheControl = "no-store";
        return new Visit(language, texts.Languages, context.Request.Path.ToUriComponent(), clock.GetUtcNow(), assets);
    }
}
