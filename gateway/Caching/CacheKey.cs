namespace SmartCity.Gateway.Caching;

/// <summary>
/// What an answer depends on: the address as it was sent, and all that a service may choose the form or language of its
/// answer by. Every kept answer says so in <c>Vary</c>.
/// </summary>
internal readonly record struct CacheKey(string Host, string Target, string? Accept, string? AcceptLanguage, string? AcceptEncoding, string? Origin)
{
    public const string Vary = "Accept, Accept-Language, Accept-Encoding, Origin";

    public static CacheKey Of(HttpContext http, string target)
    {
        var headers = http.Request.Headers;
        return new CacheKey(
            headers.Host.ToString(), target, headers.Accept, headers.AcceptLanguage, headers.AcceptEncoding, headers.Origin);
    }

    public long Bytes => 2L * (Host.Length + Target.Length + Length(Accept) + Length(AcceptLanguage) + Length(AcceptEncoding) + Length(Origin));

    private static int Length(string? text) => text?.Length ?? 0;
}
