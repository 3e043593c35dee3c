using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts.Views;

namespace SmartCity.Cli.Onboard;

/// <summary><c>onboard apply FILE</c>: the plan, a question, and a change request for a second person.</summary>
internal static class ApplyCommand
{
    public static async Task<int> RunAsync(Session session, string file, bool allowDestroy, bool yes, CancellationToken cancellationToken)
    {
        var words = session.Words;
        var manifest = await ManifestFile.ReadAsync(session, file, cancellationToken);
        using var api = await session.ConnectAsync(cancellationToken);
        var onboarding = new Onboarding(session, api, manifest);
        var plan = await onboarding.PlanAsync(cancellationToken);
        PlanPrinter.Print(session.Terminal, words, plan);
        if (plan.Steps.Count == 0)
        {
            return Nothing(session, plan);
        }

        if (plan.Losses.Count > 0 && !allowDestroy)
        {
            throw new CommandException(ExitCodes.Refused, words["apply.wouldDestroy"]);
        }

        if (!await session.ConfirmAsync(words[plan.Losses.Count > 0 ? "apply.askDestroy" : "apply.ask", plan.Municipality], yes, cancellationToken))
        {
            throw new CommandException(ExitCodes.Refused, words["apply.declined"]);
        }

        if (await onboarding.FileAsync(allowDestroy, cancellationToken) is not { } change)
        {
            return Nothing(session, plan);
        }

        if (change.Plan.Digest != plan.Digest)
        {
            session.Terminal.Warn(words["apply.otherPlan", change.Id]);
        }

        session.Terminal.Line(Terminal.Text(words["apply.filed", change.Id]));
        session.Terminal.Line(Terminal.Text(words[change.Plan.OperatorNeeded is null ? "apply.whoOfficer" : "apply.whoOperator", change.Municipality]));
        session.Terminal.Line("  smartcity changes approve " + change.Id);
        if (session.Json)
        {
            session.Terminal.Json(change);
        }

        return ExitCodes.Done;
    }

    private static int Nothing(Session session, Plan plan)
    {
        if (session.Json)
        {
            session.Terminal.Json(plan);
        }

        return ExitCodes.Done;
    }
}
