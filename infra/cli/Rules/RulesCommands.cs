using System.CommandLine;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Rules;

/// <summary><c>smartcity rules …</c></summary>
internal static class RulesCommands
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var rules = new Argument<string>("RULES") { Description = words["argument.rules"] };
        var replay = new Option<string>("--replay") { Description = words["option.replay"], Required = true };
        var device = new Option<string?>("--device") { Description = words["option.oneDevice"] };
        var picture = new Option<string?>("--svg") { Description = words["option.svg"] };

        return factory.Group(
            "rules",
            factory.Create("test", "rules.test", [rules, replay, device, picture], (session, cancellation) => RulesTest.RunAsync(
                session, new TestOrder(session.Get(rules), session.Get(replay)!, session.Get(device), session.Get(picture)), cancellation)));
    }
}
