using System.Text;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Access;
using SmartCity.ServiceDefaults.Devices;
using SmartCity.ServiceTestKit;

namespace SmartCity.Registry.Tests.Keys;

public sealed class DeviceKeyTableTests
{
    private const string User = "172022/river-1";
    private readonly ShiftedClock _clock = new();
    private readonly DeviceKeyTable _table;

    public DeviceKeyTableTests() => _table = new DeviceKeyTable(_clock);

    [Fact]
    public void Expire_WhenTheDeviceHasMovedToItsNewKey_LeavesItAlone()
    {
        Know(("old", _clock.GetUtcNow().AddMinutes(10)), ("new", null));
        Admit("old", "device").ShouldBeTrue();
        Admit("new", "device").ShouldBeTrue();

        _clock.Advance(TimeSpan.FromMinutes(10));

        _table.Expire().ShouldBeEmpty();
        Admit("old", "device").ShouldBeFalse();
        Admit("new", "device").ShouldBeTrue();
    }

    [Fact]
    public void Expire_WhenASessionHasTheOldKeyStill_NamesItsUserOnce()
    {
        Know(("old", _clock.GetUtcNow().AddMinutes(10)), ("new", null));
        Admit("old", "one").ShouldBeTrue();
        Admit("new", "two").ShouldBeTrue();
        _table.Expire().ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(10));

        _table.Expire().ShouldBe([User]);
        _table.Expire().ShouldBeEmpty();
    }

    [Fact]
    public void Take_WhenManySessionsCameWithTheKey_StillNamesTheirUser()
    {
        Know(("old", null), ("new", null));
        for (var number = 0; number < 40; number++)
        {
            Admit("new", $"new {number}").ShouldBeTrue();
        }

        Admit("old", "the last").ShouldBeTrue();

        Know(("new", null)).ShouldBe([User]);
    }

    [Fact]
    public void Take_WhenTheWholeTableLacksAUser_NamesItAndLetsItInNoMore()
    {
        Know(("old", null));
        Admit("old", "one").ShouldBeTrue();

        _table.Take(new DeviceKeyChanges(2, true, [])).ShouldBe([User]);

        Admit("old", "one").ShouldBeFalse();
        _table.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public void Take_WhenNothingConcernsTheSession_NamesNobody()
    {
        Know(("old", null));
        Admit("old", "one").ShouldBeTrue();

        _table.Take(new DeviceKeyChanges(2, false, [new DeviceKeys("172022/river-2", [])])).ShouldBeEmpty();
        Know(("old", null), ("new", null)).ShouldBeEmpty();
    }

    private IReadOnlyList<string> Know(params (string Key, DateTimeOffset? Until)[] keys)
        => _table.Take(new DeviceKeyChanges(1, false, [new DeviceKeys(User, [.. keys.Select(key => new DeviceKey("id-" + key.Key, DeviceKeyText.HashOf(key.Key), key.Until))])]));

    private bool Admit(string key, string clientId) => _table.TryAdmit(clientId, User, Encoding.UTF8.GetBytes(key));
}
