using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>
/// The planner's timetables of all towns. When a feed goes live, a new one is built beside the requests, one town at a time; until it is
/// ready the one before answers.
/// </summary>
internal sealed class PlannerTowns : BackgroundService, ITownTimetables
{
    private readonly ConcurrentDictionary<string, TownSlot> _towns = new(StringComparer.Ordinal);
    // A town is in it once at most: the slot knows.
    private readonly Channel<string> _due = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LiveTimetables _live;
    private readonly RealtimeBoard _boards;
    private readonly TownPlans _plans;
    private readonly DepartureRule _rule;
    private readonly PlannerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PlannerTowns> _log;

    public PlannerTowns(
        LiveTimetables live, RealtimeBoard boards, TownPlans plans, IOptions<SilenceOptions> silence, IOptions<PlannerOptions> options,
        TimeProvider clock, ILogger<PlannerTowns> log)
    {
        (_live, _boards, _plans, _rule, _options, _clock, _log) = (live, boards, plans, new DepartureRule(silence.Value), options.Value, clock, log);
        _live.Changed += Ask;
    }

    public async ValueTask<TownLookup> FindAsync(string municipality, CancellationToken cancellationToken)
    {
        if (_live.Of(municipality).Feeds.Count == 0)
        {
            return new TownLookup(null);
        }

        var slot = SlotOf(municipality);
        if (slot.State is null)
        {
            Ask(municipality);
            try
            {
                await slot.First.WaitAsync(TimeSpan.FromSeconds(_options.FirstBuildWaitSeconds), _clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                return new TownLookup(null, IsComing: true);
            }
        }

        return new TownLookup(slot.State!.Current(
            _boards.Of(municipality), _plans.Of(municipality), _rule, _clock.GetUtcNow(), TimeSpan.FromSeconds(_options.RealtimeSeconds)));
    }

    /// <summary>Ends when the town's live feeds are what is searched.</summary>
    public async Task SettleAsync(string municipality, CancellationToken cancellationToken)
    {
        while (SlotOf(municipality) is var slot && slot.Built is var built && !ReferenceEquals(slot.State?.Plan.Source, _live.Of(municipality)))
        {
            Ask(municipality);
            await built.WaitAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _live.Changed -= Ask;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var municipality in _due.Reader.ReadAllAsync(stoppingToken))
        {
            var slot = SlotOf(municipality);
            slot.Begins();
            var source = _live.Of(municipality);
            if (source.Feeds.Count > 0 && !ReferenceEquals(slot.State?.Plan.Source, source))
            {
                await Task.Run(() => Build(slot, source), stoppingToken);
            }
        }
    }

    private void Build(TownSlot slot, TownTimetable source)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), source.Feeds[0].Feed.TimeZone).DateTime);
            var plan = TownPlanBuilder.Build(source, today);
            slot.Serve(new TownPlanState(plan));
            var timetable = plan.Town.Live.Timetable;
            _log.PlannerReady(
                source.Municipality, plan.Town.FeedVersion, timetable.StopCount, timetable.TripCount, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds, timetable.SizeBytes / 1024);
            if (plan.TripsWithoutCalls + plan.TransfersLeftOut > 0)
            {
                _log.PlannerLeftOut(source.Municipality, plan.TripsWithoutCalls, plan.TransfersLeftOut);
            }

            foreach (var feed in plan.OtherZones)
            {
                _log.PlannerOtherTimeZone(source.Municipality, feed);
            }
        }
        // Whatever is wrong with one town's feed must not keep the others from their timetables.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _log.PlannerNotBuilt(exception, source.Municipality, slot.State?.Plan.Town.FeedVersion ?? "none");
        }
    }

    private void Ask(string municipality)
    {
        if (SlotOf(municipality).BecomesDue())
        {
            _due.Writer.TryWrite(municipality);
        }
    }

    private TownSlot SlotOf(string municipality) => _towns.GetOrAdd(municipality, static _ => new TownSlot());
}
