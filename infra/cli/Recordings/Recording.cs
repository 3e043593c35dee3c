using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Cli.Recordings;

/// <summary>A recording on disk. It is read whole and checked whole before anything is done with it.</summary>
internal static class Recording
{
    private const long MostBytes = 512L * 1024 * 1024;
    private const int MostFaultsShown = 50;

    /// <returns>In the order of time.</returns>
    public static async Task<IReadOnlyList<RecordedReading>> ReadAsync(Session session, string path, CancellationToken cancellationToken)
    {
        var words = session.Words;
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, words["recording.missing", path]);
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new CommandException(ExitCodes.Refused, words["recording.tooLarge", path, MostBytes / (1024 * 1024)]);
        }

        var text = OfficeText.Decode(await File.ReadAllBytesAsync(path, cancellationToken)) ?? throw new CommandException(ExitCodes.Refused, words["recording.noText", path]);
        var sheet = RecordingSheet.Read(text, words);
        foreach (var notice in sheet.Faults.Take(MostFaultsShown))
        {
            session.Terminal.Say(NoticeTable.Line(path, notice, words));
        }

        if (sheet.FaultCount > 0)
        {
            throw new CommandException(ExitCodes.Refused, words["recording.faults", path, sheet.FaultCount]);
        }

        return sheet.Readings.Count == 0
            ? throw new CommandException(ExitCodes.Refused, words["recording.empty", path])
            : [.. sheet.Readings.OrderBy(reading => reading.At)];
    }
}
