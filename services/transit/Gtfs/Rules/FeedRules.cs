namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>A family of rules over the whole dataset. It reports all it finds; the notice's code says whether that refuses the dataset.</summary>
internal interface IFeedRule
{
    void Check(RuleContext context);
}

/// <summary>Every rule. A new one is a file beside this one and a line here.</summary>
internal static class FeedRules
{
    private static readonly IFeedRule[] All =
    [
        new AgencyRules(), new StopRules(), new StationRules(), new StopPlaceRules(), new RouteRules(), new CalendarRules(), new StopTimeRules(), new SpeedRules(),
        new ShapeRules(), new ShapeMatchRules(), new FrequencyRules(), new TransferRules(), new PathwayRules(), new BlockRules(), new FareRules(), new TripRules(),
    ];

    public static void Check(RuleContext context)
    {
        foreach (var rule in All)
        {
            rule.Check(context);
        }
    }
}
