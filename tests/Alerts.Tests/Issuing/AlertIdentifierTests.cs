using SmartCity.Alerts.Issuing;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Tests.Issuing;

public sealed class AlertIdentifierTests
{
    [Fact]
    public void New_WhateverTheTime_NeverReadsAsAnIndividualNumber()
    {
        var begin = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        Enumerable.Range(0, 20_000).Select(second => AlertIdentifier.New("162043", begin.AddSeconds(second))).ShouldAllBe(id => !MyNumber.IsIn(id));
    }
}
