using System.CommandLine;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.ExchangeLog;

/// <summary><c>smartcity log …</c></summary>
internal static class LogCommands
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var file = new Option<string?>("--file") { Description = words["option.logFile"] };
        var from = new Option<string?>("--from") { Description = words["option.logFrom"] };
        var to = new Option<string?>("--to") { Description = words["option.logTo"] };
        var keys = new Option<string?>("--keys") { Description = words["option.logKeys"] };
        var earlier = new Option<string?>("--earlier") { Description = words["option.logEarlier"] };
        var target = new Option<string?>("--out") { Description = words["option.logOut"] };
        var limit = new Option<int>("--limit") { Description = words["option.logLimit"], DefaultValueFactory = _ => 20 };
        var after = new Option<string?>("--after") { Description = words["option.logAfter"] };

        return factory.Group(
            "log",
            factory.Create("verify", "log.verify", [file, from, to, keys, earlier], (session, cancellation) => LogVerify.RunAsync(
                session, new LogSource(session.Get(file), session.Get(from), session.Get(to)), session.Get(keys), session.Get(earlier), cancellation)),
            factory.Create("export", "log.export", [from, to, target], (session, cancellation) => LogExport.RunAsync(
                session, new LogSource(null, session.Get(from), session.Get(to)), session.Get(target), cancellation)),
            factory.Create("keys", "log.keys", [target], (session, cancellation) => LogKeys.RunAsync(session, session.Get(target), cancellation)),
            factory.Create("mine", "log.mine", [limit, after], (session, cancellation) => LogMine.RunAsync(session, session.Get(limit), session.Get(after), cancellation)));
    }
}
