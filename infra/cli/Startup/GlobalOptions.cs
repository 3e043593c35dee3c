using System.CommandLine;
using SmartCity.Cli.Output;

namespace SmartCity.Cli.Startup;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions(Words words)
{
    public Option<string?> Gateway { get; } = Text("--gateway", words["option.gateway"]);

    public Option<string?> Token { get; } = Text("--token", words["option.token"]);

    public Option<string?> TokenFile { get; } = Text("--token-file", words["option.tokenFile"]);

    public Option<string?> As { get; } = Text("--as", words["option.as"]);

    public Option<string?> Role { get; } = Text("--role", words["option.role"]);

    public Option<string?> Town { get; } = Text("--town", words["option.town"]);

    public Option<string?> Language { get; } = Text("--language", words["option.language"]);

    public Option<bool> Json { get; } = new("--json") { Description = words["option.json"], Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = words["option.noColor"], Recursive = true };

    public IEnumerable<Option> All => [Gateway, Token, TokenFile, As, Role, Town, Language, Json, NoColor];

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, Recursive = true };
}
