using System.Text.Json;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SmartCity.Cli.Output;

/// <summary>Results go to the output, all else to the error stream; colours only where somebody looks.</summary>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions Indented = new(CityJson.Options) { WriteIndented = true };
    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _error;
    private readonly Surroundings _surroundings;
    private readonly Words _words;

    public Terminal(Surroundings surroundings, Words words, bool noColor, bool json)
    {
        var colours = surroundings.HasColours && !noColor && string.IsNullOrEmpty(surroundings.Variable("NO_COLOR"));
        _surroundings = surroundings;
        _words = words;
        _output = Console(surroundings.Output, colours, surroundings.Width);
        _error = Console(surroundings.Error, colours, surroundings.Width);

        // With --json the output is JSON and nothing else.
        Report = json ? _error : _output;
    }

    /// <summary>Where what people read goes.</summary>
    public IAnsiConsole Report { get; }

    /// <summary>A line of a result.</summary>
    /// <param name="markup">Spectre's markup; values go through <see cref="Text"/>.</param>
    public void Line(string markup) => Report.MarkupLine(markup);

    public void Table(IRenderable table) => Report.Write(table);

    /// <summary>A line about the work.</summary>
    public void Say(string markup) => _error.MarkupLine(markup);

    public void SayTable(IRenderable table) => _error.Write(table);

    public void Warn(string text) => _error.MarkupLine($"[yellow]{Text(_words["warning"])}[/] {Text(text)}");

    public void Fail(string text) => _error.MarkupLine($"[red]{Text(_words["error"])}[/] {Text(text)}");

    public void Json(object value) => _surroundings.Output.WriteLine(JsonSerializer.Serialize(value, Indented));

    /// <summary>Text as it stands, such as a manifest or a QR code.</summary>
    public void Raw(string text) => _surroundings.Output.Write(text);

    /// <summary>A value inside markup; control characters of a server's answer never reach the terminal.</summary>
    public static string Text(string? value)
        => Markup.Escape(string.Concat((value ?? "").Select(character => char.IsControl(character) && character is not ('\n' or '\t') ? '\uFFFD' : character)));

    private static IAnsiConsole Console(TextWriter writer, bool colours, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        return console;
    }
}
