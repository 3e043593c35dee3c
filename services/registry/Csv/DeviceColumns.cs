namespace SmartCity.Registry.Csv;

/// <summary>The columns of a device list, in English and as town halls head them. Their order is free.</summary>
internal static class DeviceColumns
{
    public static readonly IReadOnlyList<DeviceColumn> All =
    [
        new("id", "id", true, ["id", "機器ID", "機器id", "デバイスID"]),
        new("kind", "kind", true, ["kind", "種別", "機器種別"]),
        new("name_ja", "name.ja", true, ["name_ja", "名称", "機器名", "名称_日本語"]),
        new("name_kana", "name.ja-Hira", false, ["name_kana", "名称カナ", "名称_カナ", "フリガナ", "ふりがな"]),
        new("name_en", "name.en", false, ["name_en", "英語名", "名称_英字", "名称英語"]),
        new("latitude", "latitudeDegrees", false, ["latitude", "緯度"]),
        new("longitude", "longitudeDegrees", false, ["longitude", "経度"]),
        new("alert_radius_metres", "alertRadiusMetres", false, ["alert_radius_metres", "警報半径メートル", "警報半径m", "警報半径（m）", "警報半径(m)"]),
    ];

    /// <summary>The column with this heading, in whatever width and case.</summary>
    public static DeviceColumn? Find(string heading) => All.FirstOrDefault(column => column.Headings.Contains(Fold(heading), StringComparer.Ordinal));

    internal static string Fold(string heading)
        => heading.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
}

/// <param name="Name">English heading.</param>
/// <param name="Field">The field of the device that it fills.</param>
/// <param name="IsRequired">Whether every row must have it.</param>
internal sealed record DeviceColumn(string Name, string Field, bool IsRequired, IReadOnlyList<string> Names)
{
    public IReadOnlyList<string> Headings { get; } = [.. Names.Select(DeviceColumns.Fold)];
}
