using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Rules;

namespace SmartCity.Telemetry.Devices;

/// <summary>Judges how devices of a town are, for lists and maps. Pure: what is known comes in, words come out.</summary>
internal sealed class DeviceHealth
{
    /// <summary>A gauge reports every few minutes; where no rule says when its silence matters, this does.</summary>
    public static readonly TimeSpan SilentWithoutRuleAfter = TimeSpan.FromMinutes(30);

    /// <summary>Ways of messages take seconds; a clock that is off by this is wrong.</summary>
    public const double WrongClockSeconds = 60;

    /// <summary>So that staff see in the morning what was refused at night.</summary>
    public static readonly TimeSpan RefusalMatters = TimeSpan.FromHours(24);

    private readonly RuleBook _book;
    private readonly DateTimeOffset _now;
    private readonly ILookup<string, string> _raised;
    private readonly HashSet<string> _silent;

    public DeviceHealth(Town town, FleetStanding standing, DateTimeOffset now)
    {
        (_book, _now) = (RuleBook.Of(town), now);
        var rules = town.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        _raised = standing.Raised.Where(raised => rules.Contains(raised.RuleId)).ToLookup(raised => raised.Subject, raised => raised.RuleId, StringComparer.Ordinal);
        _silent = standing.Silent.ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<string> RaisedBy(string device) => [.. _raised[device].Order(StringComparer.Ordinal)];

    /// <summary>Since when it is silent, or null while it speaks or never spoke.</summary>
    public DateTimeOffset? SilentSince(string device, string kind, DateTimeOffset? lastSeen)
    {
        if (lastSeen is not { } seen)
        {
            return null;
        }

        // Whoever was heard just now is not silent, though the next sweep is still to say so.
        var isSilent = _book.Silences.Contains(kind)
            ? _silent.Contains(device) && (_now - seen).TotalSeconds >= _book.Silences[kind].Min(rule => rule.AfterSeconds)
            : _now - seen >= SilentWithoutRuleAfter;
        return isSilent ? seen : null;
    }

    /// <summary>The worst first.</summary>
    public IReadOnlyList<DeviceTrouble> TroublesOf(DateTimeOffset? lastSeen, DateTimeOffset? silentSince, double? clockSkewSeconds, DateTimeOffset? refusedAt)
    {
        var troubles = new List<DeviceTrouble>();
        Add(DeviceTrouble.Silent, silentSince is not null);
        Add(DeviceTrouble.ClockWrong, Math.Abs(clockSkewSeconds ?? 0) >= WrongClockSeconds);
        Add(DeviceTrouble.Refused, _now - refusedAt < RefusalMatters);
        Add(DeviceTrouble.NeverHeard, lastSeen is null);
        return troubles;

        void Add(DeviceTrouble trouble, bool applies)
        {
            if (applies)
            {
                troubles.Add(trouble);
            }
        }
    }

    public DeviceView Judge(DeviceView view)
    {
        var silentSince = SilentSince(view.Id, view.Kind, view.LastSeen);
        return view with
        {
            SilentSince = silentSince,
            RaisedRules = RaisedBy(view.Id),
            Troubles = TroublesOf(view.LastSeen, silentSince, view.ClockSkewSeconds, view.LastError?.At),
        };
    }
}
