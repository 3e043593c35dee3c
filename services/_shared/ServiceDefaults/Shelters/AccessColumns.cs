using SmartCity.Contracts.Views;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>
/// Barrier-free columns. The government's form of emergency shelters has none; prefectures add those of their own lists
/// (東京都 「避難所一覧」), and towns the column of the government's form of public toilets (公衆トイレ一覧).
/// </summary>
internal static class AccessColumns
{
    private static readonly string[] LiftOrGroundFloor = ["エレベーター有/避難スペースが１階", "エレベーター有／避難スペースが１階", "エレベーター有/避難スペースが1階"];
    private static readonly string[] Ramp = ["スロープ等", "スロープ", "スロープ有無"];
    private static readonly string[] TactilePaving = ["点字ブロック", "点字ブロック有無"];
    private static readonly string[] WheelchairToilet = ["車椅子使用者対応トイレ", "車椅子使用者用トイレ有無"];

    /// <summary>The facts of a row, or null where it has none.</summary>
    /// <param name="rows">Takes what is not understood.</param>
    /// <param name="line">Of the file.</param>
    /// <param name="cell">The row's value by column; null where there is no such column.</param>
    public static ShelterAccess? Read(ShelterRows rows, int line, Func<string, string?> cell)
    {
        bool? Fact(string[] names)
            => Array.Find(names, name => cell(name) is not null) is { } name ? rows.Fact(line, name, cell(name)) : null;
        var access = new ShelterAccess(Fact(LiftOrGroundFloor), Fact(Ramp), Fact(TactilePaving), Fact(WheelchairToilet));
        return access == new ShelterAccess(null, null, null, null) ? null : access;
    }
}
