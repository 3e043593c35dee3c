using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SmartCity.Portal.Languages;

/// <summary>Which language a visitor gets: <c>?lang=</c>, else the cookie, else <c>Accept-Language</c>, else the first.</summary>
internal static class LanguageChoice
{
    public const string QueryName = "lang";
    public const string CookieName = "lang";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static Language Of(HttpContext context, TextCatalog texts)
    {
        var asked = texts.Find(context.Request.Query[QueryName]);
        if (asked is not null)
        {
            Remember(context, asked);
            return asked;
        }

        return texts.Find(context.Request.Cookies[CookieName]) ?? Accepted(context.Request.Headers.AcceptLanguage, texts) ?? texts.Default;
    }

    private static void Remember(HttpContext context, Language language)
    {
        if (context.Request.Cookies[CookieName] != language.Code)
        {
            context.Response.Cookies.Append(CookieName, language.Code, new CookieOptions
            {
                MaxAge = Remembered,
                Path = "/",
                SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }
    }

    private static Language? Accepted(StringValues header, TextCatalog texts)
        => StringWithQualityHeaderValue.TryParseList(header, out var wishes)
            ? wishes.Where(wish => wish.Quality is null or > 0)
                .OrderByDescending(wish => wish.Quality ?? 1)
                .Select(wish => texts.Find(wish.Value.Value))
                .FirstOrDefault(language => language is not null)
            : null;
}
