using System.CommandLine;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Devices;

/// <summary><c>smartcity device …</c></summary>
internal static class DeviceCommands
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var code = new Argument<string>("CODE") { Description = words["argument.code"] };
        var id = new Argument<string>("ID") { Description = words["argument.device"] };
        var sheet = new Argument<string>("FILE") { Description = words["argument.csv"] };
        var kind = new Option<string?>("--kind") { Description = words["option.kind"] };
        var keys = new Option<string?>("--out") { Description = words["option.keysFile"] };
        var cards = new Option<string?>("--cards") { Description = words["option.cardsFile"] };
        var dryRun = new Option<bool>("--dry-run") { Description = words["option.dryRun"] };
        var yes = new Option<bool>("--yes", "-y") { Description = words["option.yes"] };
        var add = new DeviceOptions(words);

        return factory.Group(
            "device",
            factory.Create("add", "device.add", [code, id, .. add.All], (session, cancellation) => DeviceAdd.RunAsync(session, session.Get(code), session.Get(id), add, cancellation)),
            factory.Create("list", "device.list", [code, kind], (session, cancellation) => DeviceList.RunAsync(session, session.Get(code), session.Get(kind), cancellation)),
            factory.Create("import", "device.import", [code, sheet, keys, cards, dryRun, yes], (session, cancellation) => DeviceImport.RunAsync(
                session, session.Get(code), new ImportOrder(session.Get(sheet), session.Get(keys), session.Get(cards), session.Get(dryRun), session.Get(yes)), cancellation)),
            KeyCommands.Create(factory));
    }
}
