using System.CommandLine;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Changes;

/// <summary><c>smartcity changes …</c></summary>
internal static class ChangesCommands
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var number = new Argument<long>("N") { Description = words["argument.change"] };
        var yes = new Option<bool>("--yes", "-y") { Description = words["option.yes"] };
        var reason = new Option<string>("--reason") { Description = words["option.reason"], Required = true };
        var status = new Option<string?>("--status") { Description = words["option.status"] };
        var municipality = new Option<string?>("--municipality") { Description = words["option.municipality"] };

        return factory.Group(
            "changes",
            factory.Create("list", "changes.list", [status, municipality], (session, cancellation) => ChangeList.RunAsync(session, session.Get(status), session.Get(municipality), cancellation)),
            factory.Create("show", "changes.show", [number], (session, cancellation) => ChangeDecision.ShowAsync(session, session.Get(number), cancellation)),
            factory.Create("approve", "changes.approve", [number, yes], (session, cancellation) => ChangeDecision.ApproveAsync(session, session.Get(number), session.Get(yes), cancellation)),
            factory.Create("reject", "changes.reject", [number, reason], (session, cancellation) => ChangeDecision.RejectAsync(session, session.Get(number), session.Get(reason)!, cancellation)));
    }
}
