using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartCity.Load.Reporting;

/// <summary>Gathers figures and prints them: a table for people and, as the last line, one JSON object for programs.</summary>
internal sealed class Report(string command)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine($"  {figure.Name}: {Number(figure.Median)} {figure.Unit}"
            + string.Concat(figure.Peers.Select(peer => $", {peer.Key} {Number(Figure.MedianOf(peer.Value))}")));
    }

    /// <summary>Something a reader must know, such as a peer that is not installed.</summary>
    public void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }

    public void Print()
    {
        var peers = _figures.SelectMany(figure => figure.Peers.Keys).Distinct(StringComparer.Ordinal).ToArray();
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{command}, {DateTimeOffset.Now:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {Build} build; median (lowest to highest) of the rounds"));
        Console.WriteLine();
        TextTable.Print(
            ["", "unit", "SmartCity", .. peers, .. peers.Select(peer => "ratio to " + peer), "target"],
            _figures.Select(figure => (string[])
            [
                figure.Name, figure.Unit, Spread(figure.Rounds),
                .. peers.Select(peer => figure.Peers.TryGetValue(peer, out var rounds) ? Spread(rounds) : ""),
                .. peers.Select(peer => figure.Peers.TryGetValue(peer, out var rounds) ? Ratio(figure.Median / Figure.MedianOf(rounds)) : ""),
                figure.Target,
            ]));
        foreach (var note in _notes)
        {
            Console.WriteLine(note);
        }

        Console.WriteLine();
        Console.WriteLine(Json().ToJsonString(JsonSerializerOptions.Web));
    }

    private static string Build =>
#if DEBUG
        "Debug (figures of a Debug build mean nothing)";
#else
        "Release";
#endif

    private JsonObject Json()
    {
        var json = new JsonObject
        {
            ["command"] = command,
            ["date"] = DateTimeOffset.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["cores"] = Environment.ProcessorCount,
        };
        foreach (var figure in _figures)
        {
            json[figure.Key] = Rounded(figure.Median);
            if (figure.Peers.Count > 0)
            {
                var peers = (JsonObject)(json["peers"] ??= new JsonObject());
                foreach (var (peer, rounds) in figure.Peers)
                {
                    ((JsonObject)(peers[peer] ??= new JsonObject()))[figure.Key] = Rounded(Figure.MedianOf(rounds));
                }
            }
        }

        return json;
    }

    private static string Spread(IReadOnlyList<double> rounds)
        => rounds.Count == 1 ? Number(rounds[0]) : $"{Number(Figure.MedianOf(rounds))} ({Number(rounds.Min())} to {Number(rounds.Max())})";

    private static string Number(double value)
        => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    // Nothing to nothing is no ratio.
    private static string Ratio(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "";

    private static double Rounded(double value) => Math.Round(value, Math.Abs(value) >= 100 ? 0 : 3);
}
