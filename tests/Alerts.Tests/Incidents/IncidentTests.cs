using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Tests.Incidents;

public sealed class IncidentTests
{
    [Fact]
    public void Raise_WhenNothingIsInForceAndThePolicyPublishes_Issues()
    {
        var rule = Rule(3);
        new Incident([rule], levelInForce: null).Raise(rule, AlertAction.Publish).ShouldBe([new IncidentStep.Issue(rule)]);
        rule.Counts.ShouldBeTrue();
    }

    [Fact]
    public void Raise_WhenThePolicyDrafts_OnlyOpensADraft()
    {
        var rule = Rule(3);
        new Incident([rule], levelInForce: null).Raise(rule, AlertAction.Draft).ShouldBe([new IncidentStep.OpenDraft(rule)]);
        rule.Counts.ShouldBeFalse();
    }

    [Fact]
    public void Raise_WhenTheDraftStillWaits_OpensNoSecondOne()
    {
        var rule = Rule(3, isRaised: true, RuleStanding.Pending);
        new Incident([rule], levelInForce: null).Raise(rule, AlertAction.Draft).ShouldBeEmpty();
    }

    [Fact]
    public void Raise_WhenAHigherRuleJoins_UpdatesToItsLevel()
    {
        var high = Rule(4);
        new Incident([Rule(3, isRaised: true), high], levelInForce: 3).Raise(high, AlertAction.Publish).ShouldBe([new IncidentStep.Update(high)]);
    }

    [Fact]
    public void Raise_WhenALowerRuleJoins_SaysNothing()
    {
        var low = Rule(3);
        new Incident([Rule(4, isRaised: true), low], levelInForce: 4).Raise(low, AlertAction.Publish).ShouldBeEmpty();
    }

    [Fact]
    public void Clear_WhenALowerRuleStays_UpdatesDown()
    {
        var low = Rule(3, isRaised: true);
        var high = Rule(4, isRaised: true);
        new Incident([low, high], levelInForce: 4).Clear(high).ShouldBe([new IncidentStep.Update(low)]);
    }

    [Fact]
    public void Clear_WhenItWasTheLast_Cancels()
    {
        var rule = Rule(3, isRaised: true);
        new Incident([rule], levelInForce: 3).Clear(rule).ShouldBe([new IncidentStep.Cancel()]);
    }

    [Fact]
    public void Clear_WhenNeverRaised_SaysNothing()
    {
        var rule = Rule(3);
        new Incident([rule], levelInForce: null).Clear(rule).ShouldBeEmpty();
    }

    [Fact]
    public void Clear_WhenTheAlertHasExpired_CancelsNothing()
    {
        var rule = Rule(3, isRaised: true);
        new Incident([rule], levelInForce: null).Clear(rule).ShouldBeEmpty();
    }

    [Fact]
    public void Clear_WhenTheAlertHasExpiredAndALowerRuleStays_BeginsNothing()
    {
        var high = Rule(4, isRaised: true);
        new Incident([Rule(3, isRaised: true), high], levelInForce: null).Clear(high).ShouldBeEmpty();
    }

    [Fact]
    public void Clear_WhenTheDraftWaits_WithdrawsIt()
    {
        var rule = Rule(3, isRaised: true, RuleStanding.Pending);
        new Incident([rule], levelInForce: null).Clear(rule).ShouldBe([new IncidentStep.WithdrawDraft(rule)]);
    }

    [Fact]
    public void Clear_WhenOnlyAnUndecidedRuleStays_Cancels()
    {
        var rule = Rule(3, isRaised: true);
        new Incident([rule, Rule(5, isRaised: true, RuleStanding.Pending)], levelInForce: 3).Clear(rule).ShouldBe([new IncidentStep.Cancel()]);
    }

    [Fact]
    public void Approve_WhenALowerAlertIsInForce_UpdatesUp()
    {
        var draft = Rule(5, isRaised: true, RuleStanding.Pending);
        new Incident([Rule(3, isRaised: true), draft], levelInForce: 3).Approve(draft).ShouldBe([new IncidentStep.Update(draft)]);
    }

    [Fact]
    public void Raise_WhenAnApprovedAlertHasExpired_AsksAgain()
    {
        var rule = Rule(5, isRaised: true);
        new Incident([rule], levelInForce: null).Raise(rule, AlertAction.Draft).ShouldBe([new IncidentStep.OpenDraft(rule)]);
    }

    [Fact]
    public void Dismiss_WhenRulesAreRaised_SilencesThemUntilTheyRiseAgain()
    {
        var rule = Rule(3, isRaised: true);
        var waiting = Rule(5, isRaised: true, RuleStanding.Pending);
        new Incident([rule, waiting], levelInForce: 3).Dismiss();
        rule.Counts.ShouldBeFalse();
        waiting.Standing.ShouldBe(RuleStanding.Pending);

        new Incident([rule], levelInForce: null).Clear(rule).ShouldBeEmpty();
        new Incident([rule], levelInForce: null).Raise(rule, AlertAction.Publish).ShouldBe([new IncidentStep.Issue(rule)]);
    }

    [Fact]
    public void IsStale_WhenOlderThanTheAppliedOne_IsTrue()
    {
        var rule = Rule(3);
        Incident.IsStale(rule, rule.At.AddSeconds(-1)).ShouldBeTrue();
        Incident.IsStale(rule, rule.At).ShouldBeFalse();
        Incident.IsStale(null, rule.At).ShouldBeFalse();
    }

    private static RuleState Rule(int level, bool isRaised = false, RuleStanding standing = RuleStanding.Effective)
    {
        var transition = AlertsApp.Threshold($"water-{level}", ThresholdTransition.Raised, minute: 0);
        return new RuleState
        {
            Municipality = transition.Municipality,
            DeviceId = transition.DeviceId,
            RuleId = transition.RuleId,
            Hazard = "flood",
            Level = level,
            ExpiresAfterSeconds = 3600,
            IsRaised = isRaised,
            Standing = standing,
            At = transition.At,
            Transition = transition,
        };
    }
}
