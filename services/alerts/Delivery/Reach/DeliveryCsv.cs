using System.Globalization;
using System.Text;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Deliveries for office software, in Japanese: whom somebody has to call or visit.</summary>
internal static class DeliveryCsv
{
    /// <summary>More than any municipality has people who are told one by one.</summary>
    public const int MostRows = 200_000;

    private static readonly string[] Columns = ["受取人の番号", "手段", "宛先（一部）", "状態", "理由", "届いた可能性", "試した回数", "次に試す時刻", "終わった時刻"];

    private static readonly Dictionary<string, string> States = new(StringComparer.Ordinal)
    {
        [DeliveryState.Queued] = "送信待ち",
        [DeliveryState.Sending] = "送信中",
        [DeliveryState.Sent] = "送信済み",
        [DeliveryState.Confirmed] = "到達",
        [DeliveryState.Failed] = "届かず",
        [DeliveryState.Superseded] = "新しい情報に置き換え",
        [DeliveryState.Withdrawn] = "登録終了",
    };

    public static byte[] Write(IReadOnlyList<DeliveryView> rows, bool isShiftJis)
    {
        var text = new StringBuilder(CsvText.Line(Columns));
        foreach (var row in rows)
        {
            text.Append(CsvText.Line(
            [
                row.SubscriptionId, row.Channel, row.Address ?? "", States.GetValueOrDefault(row.Status, row.Status), row.Why ?? "", row.MaybeArrived ? "あり" : "",
                row.Attempts.ToString(CultureInfo.InvariantCulture), Time(row.NextAttemptAt), Time(row.SettledAt),
            ]));
        }

        return CsvText.Encode(text.ToString(), isShiftJis);
    }

    private static string Time(DateTimeOffset? time) => time is { } at ? JapanTime.From(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
}
