using System.Globalization;
using System.Net;
using System.Text;

namespace SmartCity.Alerts.Reports.Writing;

/// <summary>Writes HTML in which every text is encoded.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <param name="markup">Of this program, never of anybody's text.</param>
    public HtmlText Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public HtmlText Text(string text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <summary>An element with a text in it.</summary>
    /// <param name="open">The start tag without brackets, such as <c>td class="n"</c>.</param>
    /// <param name="text">What it says.</param>
    public HtmlText Element(string open, string text)
        => Raw($"<{open}>").Text(text).Raw($"</{open.Split(' ')[0]}>");

    /// <summary>A table that becomes a list of cards on a narrow screen.</summary>
    /// <param name="name">What it is of, for those who hear the page.</param>
    /// <param name="heads">Of the columns; the first one is the row's name.</param>
    /// <param name="rows">As many cells as heads.</param>
    /// <param name="numbersFrom">Column from which cells are numbers.</param>
    public HtmlText Table(string name, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, int numbersFrom = int.MaxValue)
    {
        Raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").Text(name).Raw("\"><table class=\"wide\"><thead><tr>");
        foreach (var head in heads)
        {
            Element("th scope=\"col\"", head);
        }

        Raw("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Raw("<tr>").Element("th scope=\"row\"", row[0]);
            for (var column = 1; column < row.Count; column++)
            {
                Raw($"<td{(column >= numbersFrom ? " class=\"n\"" : "")} data-label=\"{WebUtility.HtmlEncode(heads[column])}\">").Text(row[column]).Raw("</td>");
            }

            Raw("</tr>");
        }

        return Raw("</tbody></table></div>");
    }

    public override string ToString() => _html.ToString();

    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
