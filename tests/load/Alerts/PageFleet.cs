using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Alerts;

/// <summary>
/// Open pages: streams of alerts on bare sockets, in a process of their own. The kernel stamps what arrives at a socket, and it is
/// read when all is over: residents' phones are no part of the machine that serves them.
/// </summary>
internal sealed class PageFleet : ChildProcess
{
    /// <summary>Pages that are looked at while the others are left alone.</summary>
    private const int Watched = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private PageFleet(ProcessStartInfo start) : base(start)
    {
    }

    /// <summary>Opens them all; returns when each has the headers of its answer.</summary>
    public static async Task<PageFleet> OpenAsync(Uri server, int pages)
    {
        var arguments = Self("alerts-pages", "--server", server.ToString(), "--pages", pages.ToString(CultureInfo.InvariantCulture));
        var start = OpenFiles.Raised(arguments.FileName, arguments.ArgumentList);
        var fleet = new PageFleet(start);
        if (await fleet.ReadLineAsync(TimeSpan.FromMinutes(3)) is var line && line != "open")
        {
            await fleet.DisposeAsync();
            throw new InvalidOperationException($"The pages did not open: {line}");
        }

        return fleet;
    }

    /// <summary>What comes from now on counts.</summary>
    public Task BeginAsync() => AskAsync("begin");

    /// <summary>Waits until every page has an alert that came since <see cref="BeginAsync"/>, ten seconds at most.</summary>
    /// <returns>When pages had it, as ticks of the monotonic clock, and how many had it: more where the moment of some is not known.</returns>
    public async Task<(long[] At, int Reached)> TakeAsync()
    {
        var all = (await AskAsync("take")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return ([.. all.Where(at => at != OpenPage.Unknown)], all.Length);
    }

    /// <summary>The child's side.</summary>
    public static Command Command()
    {
        var server = new Option<string>("--server") { Required = true };
        var pages = new Option<int>("--pages") { Required = true };
        var command = new Command("alerts-pages", "Open pages, for the benchmarks") { server, pages };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => ServeAsync(new Uri(arguments.GetRequiredValue(server)), arguments.GetValue(pages), cancellationToken));
        return command;
    }

    private static async Task ServeAsync(Uri server, int count, CancellationToken cancellationToken)
    {
        var pages = new OpenPage[count];
        try
        {
            for (var index = 0; index < count; index++)
            {
                pages[index] = await OpenPage.OpenAsync(server, index).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
        {
            Console.WriteLine(exception.Message);
            return;
        }

        Console.WriteLine("open");
        var watched = pages.Where((_, index) => index % Math.Max(1, count / Watched) == 0).ToArray();
        while (await Console.In.ReadLineAsync(cancellationToken) is { } question)
        {
            if (question == "begin")
            {
                Array.ForEach(pages, page => page.Forget());
                Console.WriteLine("begun");
                continue;
            }

            var waited = Stopwatch.StartNew();
            Ingest.Wait.Until(() => Array.TrueForAll(watched, page => page.HasAlert()), Patience, cancellationToken);
            if (count > watched.Length)
            {
                Pause.For(Rest, cancellationToken);
            }

            Ingest.Wait.Until(() => Array.TrueForAll(pages, page => page.HasAlert()), Patience - waited.Elapsed, cancellationToken);
            Console.WriteLine(string.Join(' ', pages.Where(page => page.At != 0).Select(page => page.At)));
        }
    }
}
