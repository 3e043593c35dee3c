using System.CommandLine;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Onboard;

/// <summary><c>smartcity onboard …</c></summary>
internal static class OnboardCommands
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var file = new Argument<string>("FILE") { Description = words["argument.manifest"] };
        var code = new Argument<string>("CODE") { Description = words["argument.code"] };
        var planFile = new Option<string?>("--out") { Description = words["option.planFile"] };
        var allowDestroy = new Option<bool>("--allow-destroy") { Description = words["option.allowDestroy"] };
        var yes = new Option<bool>("--yes", "-y") { Description = words["option.yes"] };
        var folder = new Option<string?>("--out") { Description = words["option.exportFolder"] };
        var schemaFile = new Option<string?>("--out") { Description = words["option.schemaFile"] };
        var starterFile = new Option<string?>("--out") { Description = words["option.starterFile"] };
        var lookup = new Option<string?>("--codes") { Description = words["option.codes"] };

        return factory.Group(
            "onboard",
            factory.Create("new", "onboard.new", [code, starterFile, lookup], (session, cancellation) => Starter.WriteAsync(session, session.Get(code), session.Get(starterFile), session.Get(lookup), cancellation)),
            factory.Create("validate", "onboard.validate", [file], (session, cancellation) => Validation.RunAsync(session, session.Get(file), cancellation)),
            factory.Create("plan", "onboard.plan", [file, planFile], (session, cancellation) => PlanCommand.RunAsync(session, session.Get(file), session.Get(planFile), cancellation)),
            factory.Create("apply", "onboard.apply", [file, allowDestroy, yes], (session, cancellation) => ApplyCommand.RunAsync(session, session.Get(file), session.Get(allowDestroy), session.Get(yes), cancellation)),
            factory.Create("export", "onboard.export", [code, folder], (session, cancellation) => Export.RunAsync(session, session.Get(code), session.Get(folder), cancellation)),
            factory.Create("schema", "onboard.schema", [schemaFile], (session, cancellation) => Validation.WriteSchemaAsync(session, session.Get(schemaFile), cancellation)));
    }
}
