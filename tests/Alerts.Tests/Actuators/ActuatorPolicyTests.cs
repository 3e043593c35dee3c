using System.Text.Json;
using SmartCity.Alerts.Actuators;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>What the setting <c>actuators</c> says of a device.</summary>
public sealed class ActuatorPolicyTests
{
    [Theory]
    [InlineData(3, "notice")]
    [InlineData(4, "alarm")]
    [InlineData(5, "alarm")]
    [InlineData(2, "notice")]
    public void For_WhenAKindHasSeveralEntries_IsTheHighestThatTheLevelReaches(int level, string command)
        => ActuatorPolicy.For([Policy(3, "notice"), Policy(4, "alarm")], Siren, View(level))!.Command.ShouldBe(command);

    [Theory]
    [InlineData(19, 1)]
    [InlineData(20, 0)]
    public void Of_WhenTheTextIsTooShort_IsAFault(int textLength, int expected)
    {
        var settings = JsonSerializer.SerializeToElement(new { actuators = new[] { new { kind = "sign", minimumLevel = 3, command = "show", textArgument = "text", textLength } } });
        var town = new Town { Code = "162043", Name = new LocalizedText("魚津市", "Uozu"), LatitudeDegrees = 36, LongitudeDegrees = 137, Services = [new TownService(AppIds.Alerts, settings)] };
        ActuatorPolicy.Of(town, out var faults).Count.ShouldBe(1 - expected);
        faults.Count.ShouldBe(expected);
    }

    private static readonly Device Siren = new() { Id = "siren-1", Kind = "siren", Name = new LocalizedText("サイレン", "Siren") };

    private static ActuatorPolicy Policy(int minimumLevel, string command) => new() { Kind = "siren", MinimumLevel = minimumLevel, Command = command };

    private static AlertView View(int level) => new()
    {
        Id = "1",
        AlertId = "1",
        Municipality = "162043",
        Status = "Actual",
        MsgType = "Alert",
        Level = level,
        Hazard = "flood",
        Sent = DateTimeOffset.UnixEpoch,
        Expires = DateTimeOffset.UnixEpoch.AddHours(1),
        Info = [],
    };
}
