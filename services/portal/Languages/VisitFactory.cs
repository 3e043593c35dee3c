using SmartCity.Portal.StaticFiles;

namespace SmartCity.Portal.Languages;

/// <summary>Reads a request's language and marks the answer with it.</summary>
public sealed class VisitFactory(TextCatalog texts, AssetFiles assets, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="keepsQuery">Whether the language switch keeps what was searched or looked at.</param>
    public Visit Begin(HttpContext context, bool keepsQuery = false)
    {
        var language = LanguageChoice.Of(context, texts);
        var headers = context.Response.Headers;
        headers.ContentLanguage = language.HtmlLanguage;
        headers.Vary = "Accept-Language, Cookie";
        // An old alert page from a cache could send people the wrong way.
        headers.CacheControl = "no-store";
        return new Visit(language, texts.Languages, context.Request.Path.ToUriComponent(), keepsQuery ? QueryOf(context) : "", clock.GetUtcNow(), assets);
    }

    /// <summary>For what is shared by all who read a language: of no request.</summary>
    public Visit Of(Language language) => new(language, texts.Languages, "/", "", clock.GetUtcNow(), assets);

    /// <summary>Made anew, so that nothing odd is passed on.</summary>
    private static string QueryOf(HttpContext context)
        => QueryString.Create(context.Request.Query.Where(pair => pair.Key != LanguageChoice.QueryName)).ToUriComponent();
}
