using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Output;

/// <summary>A refusal in plain words: what happened, every fault with its place, and what to do next.</summary>
internal static class ProblemPrinter
{
    public static void Print(Session session, ApiRefusal refusal)
    {
        var words = session.Words;
        if (session.Json && refusal.Problem is { } problem)
        {
            session.Terminal.Json(problem);
        }

        // With notices, the table says all that the detail would, and at the places of the user's own file.
        session.Terminal.Fail(refusal.Notices.Count == 0 ? refusal.Message
            : refusal.Title + " " + words["problem.notices", words.Count("faults", refusal.Notices.Count(notice => notice.Severity == Contracts.NoticeSeverity.Error))]);
        if (refusal.Notices.Count > 0)
        {
            session.Terminal.SayTable(NoticeTable.Of(refusal.Notices, words));
        }

        if (NextStep(refusal, words) is { } next)
        {
            session.Terminal.Say(Terminal.Text(next));
        }

        if ((string?)refusal.Problem?["traceId"] is { } traceId)
        {
            session.Terminal.Say($"[grey]{Terminal.Text(words["problem.trace", traceId])}[/]");
        }
    }

    private static string? NextStep(ApiRefusal refusal, Words words) => refusal.Status switch
    {
        401 => words["next.signIn"],
        403 when refusal.Code == "not-allowed" => words["next.otherPerson"],
        413 => words["next.tooLarge"],
        429 => words["next.later"],
        >= 500 => words["next.doctor"],
        _ => refusal.Code == "manifest-refused" ? words["next.mend"] : null,
    };
}
