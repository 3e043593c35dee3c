using SmartCity.Alerts.Safety.Opening;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Safety;

public sealed class SafetyDoorTests
{
    [Theory]
    [InlineData(5, "Unknown", true)]
    [InlineData(3, "Minor", true)]
    [InlineData(2, "Extreme", false)]
    [InlineData(null, "Extreme", true)]
    [InlineData(null, "Severe", true)]
    [InlineData(null, "Moderate", false)]
    public void IsGrave_Always_IsFromLevelThreeOrWithoutALevelFromSevere(int? level, string severity, bool isGrave)
        => SafetyDoor.IsGrave(new AlertView
        {
            Id = "a",
            AlertId = "a",
            Municipality = "162043",
            Status = "Actual",
            MsgType = "Alert",
            Level = level,
            Severity = severity,
            Hazard = "flood",
            Sent = DateTimeOffset.UnixEpoch,
            Expires = DateTimeOffset.UnixEpoch,
            Info = [],
        }).ShouldBe(isGrave);
}
