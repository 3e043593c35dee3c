using Microsoft.Net.Http.Headers;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Portal.Pages;

/// <summary>Any address that nothing else answers.</summary>
internal static class MissingPage
{
    public static IResult Show(HttpContext context, VisitFactory visits)
        => WantsHtml(context.Request)
            ? MessageResult.Of(visits.Begin(context), StatusCodes.Status404NotFound, "missing.page.title", ["missing.do"])
            : Problem.NotFound("not-found", "There is nothing at this address.");

    /// <summary>Browsers name <c>text/html</c>; programs get problem details.</summary>
    public static bool WantsHtml(HttpRequest request)
        => MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types)
            && types.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
