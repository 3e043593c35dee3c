namespace SmartCity.Load.Reporting;

/// <summary>A Markdown table whose columns line up, so that it reads in a terminal and can be put into a README.</summary>
internal static class TextTable
{
    public static void Print(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heads).ToArray();
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        for (var index = 0; index < all.Length; index++)
        {
            Console.WriteLine("| " + string.Join(" | ", all[index].Select((cell, column) => cell.PadRight(widths[column]))) + " |");
            if (index == 0)
            {
                Console.WriteLine("|" + string.Join("|", widths.Select(width => new string('-', width + 2))) + "|");
            }
        }
    }
}
