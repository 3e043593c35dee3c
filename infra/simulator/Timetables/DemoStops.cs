namespace SmartCity.Simulator.Timetables;

/// <summary>A stop of the demo's buses.</summary>
internal sealed record DemoStop(string Id, string Name, string Kana, string English, double LatitudeDegrees, double LongitudeDegrees, bool IsStepFree);

/// <summary>A line of the demo's buses: its stops in order, with the minutes from its first.</summary>
/// <param name="Departures">First stop of the day, in minutes of the day.</param>
internal sealed record DemoLine(string Id, string ShortName, string Name, string English, string Colour, IReadOnlyList<(string Stop, int Minutes)> Stops, IReadOnlyList<int> Departures, bool EveryDay);

/// <summary>The made-up buses of the demo region. Places are near those of the real town, the timetable is nobody's.</summary>
internal static class DemoLines
{
    public static readonly IReadOnlyList<DemoStop> Stops =
    [
        new("ekimae", "駅前", "えきまえ", "Station", 36.8262, 137.4066, true),
        new("shiyakusho", "市役所前", "しやくしょまえ", "City Hall", 36.8274, 137.4091, true),
        new("byoin", "総合病院", "そうごうびょういん", "General Hospital", 36.8189, 137.4135, true),
        new("ichiba", "魚市場前", "うおいちばまえ", "Fish Market", 36.8355, 137.4124, false),
        new("kakou", "片貝川河口", "かたかいがわかこう", "Katakai River Mouth", 36.8391, 137.4203, false),
        new("chugakko", "東中学校前", "ひがしちゅうがっこうまえ", "East Junior High School", 36.8312, 137.4237, false),
        new("danchi", "山手団地", "やまてだんち", "Yamate Estate", 36.8101, 137.4262, false),
        new("onsen", "温泉口", "おんせんぐち", "Hot Spring", 36.7984, 137.4389, false),
        new("shinkansen", "新幹線駅", "しんかんせんえき", "Shinkansen Station", 36.8738, 137.4818, true),
    ];

    public static readonly IReadOnlyList<DemoLine> Lines =
    [
        new("loop", "1", "市街地循環", "Town Loop", "1F6FB5",
            [("ekimae", 0), ("shiyakusho", 3), ("ichiba", 8), ("kakou", 12), ("chugakko", 16), ("byoin", 22), ("ekimae", 28)],
            [.. Enumerable.Range(0, 26).Select(run => (6 * 60) + 30 + (run * 30))], EveryDay: true),
        new("yamate", "2", "山手線", "Yamate Line", "B5471F",
            [("ekimae", 0), ("byoin", 6), ("danchi", 13), ("onsen", 21)],
            [.. Enumerable.Range(0, 14).Select(run => (7 * 60) + (run * 60))], EveryDay: false),
        new("yamate-back", "2", "山手線 駅前行", "Yamate Line to the Station", "B5471F",
            [("onsen", 0), ("danchi", 8), ("byoin", 15), ("ekimae", 22)],
            [.. Enumerable.Range(0, 14).Select(run => (7 * 60) + 30 + (run * 60))], EveryDay: false),
        // The last train of the day is met after midnight: a trip at 24:20 belongs to the evening before.
        new("liner", "3", "新幹線ライナー", "Shinkansen Liner", "2E7D32",
            [("shinkansen", 0), ("shiyakusho", 22), ("ekimae", 26)],
            [(8 * 60) + 10, (10 * 60) + 10, (13 * 60) + 10, (17 * 60) + 40, (21 * 60) + 15, (24 * 60) + 20], EveryDay: true),
    ];
}
