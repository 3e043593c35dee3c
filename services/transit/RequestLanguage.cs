using Microsoft.Net.Http.Headers;

namespace SmartCity.Transit;

/// <summary>In which language somebody is answered: <c>?language=</c>, or else <c>Accept-Language</c>, or else Japanese.</summary>
internal static class RequestLanguage
{
    private const string Usual = "ja";
    private const int Longest = 35;

    public static string Of(HttpContext http)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (http.Request.Query["language"].ToString() is { Length: > 0 and <= Longest } asked)
        {
            return asked;
        }

        if (!StringValuesAreEmpty(http) && StringWithQualityHeaderValue.TryParseList(http.Request.Headers.AcceptLanguage, out var accepted))
        {
            return accepted.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString())
                .FirstOrDefault(language => language is not "*" && language.Length <= Longest) ?? Usual;
        }

        return Usual;
    }

    private static bool StringValuesAreEmpty(HttpContext http) => http.Request.Headers.AcceptLanguage.Count == 0;
}
