using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Pages;

/// <summary>A form that carries an Individual Number is refused before any page sees it: people read why on a page, programs get problem details.</summary>
internal sealed class RefusalPageWriter(VisitFactory visits) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
        => context.ProblemDetails.Type?.EndsWith(":" + MyNumberRefusal.Code, StringComparison.Ordinal) == true && MissingPage.WantsHtml(context.HttpContext.Request);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        // Where the form was: its own address takes no GET.
        var path = http.Request.Path.Value!;
        var back = path[..Math.Max(1, path.LastIndexOf('/'))];
        var visit = visits.Begin(http) with { Path = back, Query = "" };
        await MessageResult.Of(
            visit, StatusCodes.Status422UnprocessableEntity, "number.title", ["number.what", "number.do"], back, visit.Language.Text("staff.back")).ExecuteAsync(http);
    }
}
