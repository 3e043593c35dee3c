using System.Globalization;
using System.Text;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>The rescue list on paper: for the night in which the network is gone. In Japanese, as the crews read it.</summary>
internal static class RescueCsv
{
    private static readonly string[] Columns =
        ["順番", "必要なこと", "人数", "名前", "連絡先", "場所", "伝言", "避難所", "求めた時刻", "対応", "対応した人", "対応の時刻", "電話を受けた職員", "番号"];

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [RescueStatus.Waiting] = "待っている",
        [RescueStatus.OnTheWay] = "向かっている",
        [RescueStatus.Done] = "終わった",
    };

    /// <param name="rows">In their order.</param>
    /// <param name="isShiftJis">For office software that takes no UTF-8; what the encoding lacks becomes 〓.</param>
    public static byte[] Write(IReadOnlyList<RescueRow> rows, bool isShiftJis)
    {
        var text = new StringBuilder();
        if (rows.Any(row => row.IsExercise))
        {
            text.Append(OfficeCsv.Line(["訓練です。実際の救助要請ではありません。"]));
        }

        text.Append(OfficeCsv.Line(Columns));
        for (var index = 0; index < rows.Count; index++)
        {
            text.Append(OfficeCsv.Line(CellsOf(rows[index], index + 1)));
        }

        return OfficeCsv.Encode(text.ToString(), isShiftJis);
    }

    private static string[] CellsOf(RescueRow row, int number) =>
    [
        number.ToString(CultureInfo.InvariantCulture),
        string.Join('・', row.Needs.Select(Needs.JapaneseName)),
        row.PeopleCount.ToString(CultureInfo.InvariantCulture),
        row.Name ?? "", row.Contact ?? "", row.Place ?? "", row.Message ?? "", row.ShelterId ?? "",
        Time(row.AskedAt),
        Words[row.Rescue.Status],
        row.Rescue.By ?? "",
        row.Rescue.At is { } at ? Time(at) : "",
        row.EnteredBy ?? "",
        row.Id,
    ];

    private static string Time(DateTimeOffset time) => JapanTime.From(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
