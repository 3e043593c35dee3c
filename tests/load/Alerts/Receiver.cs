using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Alerts;

/// <summary>What is at the other end of subscriptions, in a process of its own: a push service and a town's partners, who count.</summary>
internal sealed class Receiver : ChildProcess
{
    private Receiver(ProcessStartInfo start) : base(start)
    {
    }

    /// <summary>Subscription <c>n</c> is at <c>{address}{n}</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<Receiver> StartAsync(int subscriptions)
    {
        var receiver = new Receiver(Self("alerts-receiver", "--subscriptions", subscriptions.ToString(CultureInfo.InvariantCulture)));
        receiver.Address = new Uri(await receiver.ReadLineAsync());
        return receiver;
    }

    /// <summary>Forgets what came.</summary>
    public Task BeginAsync() => AskAsync("begin");

    public async Task<ReceiverCount> CountAsync()
    {
        var numbers = (await AskAsync("count")).Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new ReceiverCount((int)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <summary>The child's side.</summary>
    public static Command Command()
    {
        var subscriptions = new Option<int>("--subscriptions") { Required = true };
        var command = new Command("alerts-receiver", "Receives deliveries, for the benchmarks") { subscriptions };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => ServeAsync(arguments.GetValue(subscriptions), cancellationToken));
        return command;
    }

    private static async Task ServeAsync(int subscriptions, CancellationToken cancellationToken)
    {
        var tally = new ReceiverTally(subscriptions);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        await using var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.Run(tally.TakeAsync);
        await web.StartAsync(cancellationToken);
        Console.WriteLine(web.Urls.First() + "/");
        while (await Console.In.ReadLineAsync(cancellationToken) is { } question)
        {
            if (question == "begin")
            {
                tally.Forget();
            }

            Console.WriteLine(tally);
        }

        await web.StopAsync(cancellationToken);
    }
}

/// <param name="Subscriptions">That got something.</param>
/// <param name="Requests">All that came.</param>
/// <param name="Repeated">Of these, what came under a name that was there before: a receiver that remembers acts once.</param>
/// <param name="Doubled">Of these, what came to a subscription under another name: a receiver would act twice.</param>
/// <param name="LastAt">Ticks of the monotonic clock.</param>
internal sealed record ReceiverCount(int Subscriptions, long Requests, long Repeated, long Doubled, long LastAt);
