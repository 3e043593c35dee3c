namespace SmartCity.Alerts.Safety;

/// <summary>How somebody says they are.</summary>
public static class SafetyStatus
{
    public const string Safe = "safe";
    public const string NeedHelp = "need-help";

    public static readonly IReadOnlyList<string> All = [Safe, NeedHelp];
}

/// <summary>How far the town's help is.</summary>
public static class RescueStatus
{
    public const string Waiting = "waiting";
    public const string OnTheWay = "on-the-way";
    public const string Done = "done";

    public static readonly IReadOnlyList<string> All = [Waiting, OnTheWay, Done];
}
