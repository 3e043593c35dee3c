using Orleans;
using Orleans.Concurrency;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Rules;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Fleet;

/// <summary>
/// The fleet of one town in memory. Only who is silent is stored, with the event that tells of it, in one transaction. A
/// sweep writes while reports and questions go on (reentrant), so that no answer waits for the database.
/// </summary>
[Reentrant]
public sealed class FleetGrain(ITownDirectory towns, OutboxSignal outbox, TimeProvider clock) : Grain, IFleetGrain
{
    private readonly Dictionary<string, DateTimeOffset> _heard = new(StringComparer.Ordinal);
    private readonly RefusalWindow _refusals = new();
    private HashSet<(string Subject, string Rule)> _raised = [];
    private Dictionary<string, SilenceRow> _silences = new(StringComparer.Ordinal);
    private DateTimeOffset _since;
    private bool _isSweeping;

    private string Municipality => this.GetPrimaryKeyString();

    private FleetStore Store => ServiceProvider.GetRequiredService<FleetStore>();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _since = clock.GetUtcNow();
        (_raised, _silences) = await Store.LoadAsync(Municipality, cancellationToken);
    }

    public Task ReportAsync(FleetReport report)
    {
        foreach (var device in report.Heard)
        {
            _heard[device] = report.At;
        }

        _refusals.Add(report.At, report.Refused);
        foreach (var change in report.Changes)
        {
            if (change.IsRaised)
            {
                _raised.Add((change.Subject, change.RuleId));
            }
            else
            {
                _raised.Remove((change.Subject, change.RuleId));
            }
        }

        return Task.CompletedTask;
    }

    public async Task SweepAsync(DateTimeOffset listeningSince)
    {
        if (_isSweeping || !towns.TryGet(Municipality, out var town))
        {
            return;
        }

        _isSweeping = true;
        try
        {
            var changes = Find(town, listeningSince > _since ? listeningSince : _since);
            foreach (var part in changes.Chunk(FleetStore.MostChanges))
            {
                await Store.SaveAsync(Municipality, part, CancellationToken.None);
                foreach (var change in part)
                {
                    _silences[change.Event.DeviceId] = change.Row;
                }

                outbox.Set();
            }
        }
        catch (StaleSensorStateException)
        {
            // Another activation was first: what it wrote is the truth, and the next sweep goes on from there.
            (_raised, _silences) = await Store.LoadAsync(Municipality, CancellationToken.None);
        }
        finally
        {
            _isSweeping = false;
        }
    }

    public Task<FleetCounts> CountAsync(TimeSpan heardWithin)
    {
        var now = clock.GetUtcNow();
        if (!towns.TryGet(Municipality, out var town))
        {
            return Task.FromResult(new FleetCounts(0, 0, 0, 0, 0, now));
        }

        var (heard, silent) = (0, 0);
        foreach (var device in town.Devices)
        {
            heard += _heard.TryGetValue(device.Id, out var at) && now - at <= heardWithin ? 1 : 0;
            silent += _silences.TryGetValue(device.Id, out var row) && row.Since.Count > 0 ? 1 : 0;
        }

        var rules = town.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return Task.FromResult(new FleetCounts(
            town.Devices.Count, heard, silent, _refusals.CountAt(now), _raised.Count(raised => rules.Contains(raised.Rule)), now));
    }

    public Task<FleetStanding> GetStandingAsync()
    {
        var rules = towns.TryGet(Municipality, out var town) ? town.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal) : [];
        return Task.FromResult(new FleetStanding(
            [.. _silences.Where(row => row.Value.Since.Count > 0).Select(row => row.Key)],
            [.. _raised.Where(raised => rules.Contains(raised.Rule)).Select(raised => new FleetChange(raised.Subject, raised.Rule, IsRaised: true))]));
    }

    private List<SilenceChange> Find(Town town, DateTimeOffset listeningSince)
    {
        var now = clock.GetUtcNow();
        var book = RuleBook.Of(town);
        var changes = new List<SilenceChange>();
        foreach (var device in town.Devices)
        {
            foreach (var rule in book.Silences[device.Kind])
            {
                var row = changes.Count > 0 && changes[^1].Event.DeviceId == device.Id ? changes[^1].Row : _silences.GetValueOrDefault(device.Id) ?? SilenceRow.None;
                DateTimeOffset? heardAt = _heard.TryGetValue(device.Id, out var at) ? at : null;
                var isRaised = row.Since.ContainsKey(rule.Id);

                // Whoever is silent stays so until heard; everybody else has the rule's time from when we began to listen.
                var from = isRaised ? heardAt ?? DateTimeOffset.MinValue : heardAt > listeningSince ? heardAt.Value : listeningSince;
                if (SilenceEvaluator.Evaluate(rule, isRaised, from, now) is { } transition)
                {
                    changes.Add(SilenceChange.Of(town, device, rule, row, transition, from, now));
                }
            }
        }

        return changes;
    }
}
