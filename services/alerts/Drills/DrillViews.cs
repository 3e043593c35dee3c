using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Drills;

internal static class DrillViews
{
    public static DrillView ToView(this Drill drill)
    {
        var begin = drill.StartedAt ?? drill.StartsAt;
        return new DrillView
        {
            Id = drill.Id,
            Municipality = drill.Municipality,
            Name = drill.Name,
            Hazard = drill.Hazard,
            State = drill.State.ToString(),
            IsPart = drill.Area is not null,
            Area = drill.Area?.ToAlertArea().GeoJson,
            ExpiresAfterSeconds = drill.ExpiresAfterSeconds,
            Sirens = drill.Sirens,
            SafetyCheck = drill.SafetyCheck,
            StopOnActual = drill.StopOnActual,
            StartsAt = drill.StartsAt,
            PlannedAt = drill.PlannedAt,
            PlannedBy = drill.PlannedBy,
            DecidedAt = drill.DecidedAt,
            DecidedBy = drill.DecidedBy,
            StartedAt = drill.StartedAt,
            EndedAt = drill.EndedAt,
            EndedBy = drill.EndedBy,
            EndedWhy = drill.EndedWhy,
            Reason = drill.Reason,
            AlertId = drill.AlertId,
            ReportedAt = drill.ReportedAt,
            Steps = [.. drill.Steps.OrderBy(step => step.Number).Select(step => new DrillStepView(
                step.Number, step.AfterSeconds, begin?.AddSeconds(step.AfterSeconds), step.Level, step.State.ToString(), step.At, step.MessageId, step.Why, step.LateSeconds)
            {
                Words = [.. step.Info.Select(text => new DrillWordsView(text.Language, text.Headline, text.Description, text.Instruction, text.AreaDescription))],
            })],
        };
    }
}
