using System.Security.Cryptography;
using System.Text;

namespace SmartCity.Alerts.Reports.Writing;

/// <summary>A report as one page without scripts and without anything to load: to be read, printed and filed.</summary>
internal static class ReportHtml
{
    /// <summary>Where a page that shows the report may put its own links.</summary>
    public const string NavigationMark = "<!--navigation-->";

    private static readonly string Style = ReadStyle();

    /// <summary>Allows the page's own style sheet, by its hash, and nothing else.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static string Write(AfterActionReport report, ReportWords words)
    {
        var html = new HtmlText();
        var title = TitleOf(report, words);
        html.Raw($"<!DOCTYPE html><html lang=\"{words.Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
            .Text(title).Raw("</title><style>").Raw(Style).Raw("</style></head><body>");
        if (report.IsExercise)
        {
            html.Element("header class=\"drill\"", words.Language == "ja" ? "訓練 訓練 訓練" : $"{words["exercise"]} {words["exercise"]} {words["exercise"]}");
        }

        html.Raw(NavigationMark).Raw("<main><h1>").Text(words["title"]).Raw("<small>").Text(NameOf(report, words)).Raw("</small></h1>")
            .Element("p class=\"facts\"", $"{words["period"]} {ReportWords.FullTime(report.From)} – {(report.To is { } to ? ReportWords.FullTime(to) : words["ongoing"])} ・ {words["asOf"]} {ReportWords.FullTime(report.AsOf)}");
        ReportSections.Tiles(html, report, words);
        Sentences(html, words["summary"], report.Summary, words);
        Sentences(html, words["improve"], report.Improvements, words);
        ReportSections.Timeline(html, report, words);
        ReportSections.Channels(html, report, words);
        ReportSections.Missed(html, report, words);
        ReportSections.Around(html, report, words);
        html.Raw("<footer>").Element("p", words.Hint);
        if (report.IsCutOff)
        {
            html.Element("p", words["cutOff"]);
        }

        if (report.Later is { } later && later.Delivered + later.Failed > 0)
        {
            html.Element("p", words["later"].Replace("{delivered}", HtmlText.Number(later.Delivered), StringComparison.Ordinal).Replace("{failed}", HtmlText.Number(later.Failed), StringComparison.Ordinal));
        }

        return html.Raw("</footer></main></body></html>").ToString();
    }

    private static string TitleOf(AfterActionReport report, ReportWords words)
        => (report.IsExercise ? $"【{words["exercise"]}】" : "") + $"{words["title"]} {NameOf(report, words)}";

    private static string NameOf(AfterActionReport report, ReportWords words)
        => $"{report.Town.In(words.Language)}　{report.Drill?.Name ?? (report.Kind == ReportReader.Span ? null : report.Messages.FirstOrDefault()?.Headline.In(words.Language))}".Trim();

    private static void Sentences(HtmlText html, string heading, IReadOnlyList<Findings.Finding> findings, ReportWords words)
    {
        html.Raw("<section class=\"box\">").Element("h2", heading).Raw("<ul>");
        foreach (var finding in findings)
        {
            html.Element("li", finding.Text.In(words.Language));
        }

        html.Raw("</ul></section>");
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReportHtml).Assembly.GetManifestResourceStream("SmartCity.Alerts.Reports.report.css")!);
        return reader.ReadToEnd();
    }
}
