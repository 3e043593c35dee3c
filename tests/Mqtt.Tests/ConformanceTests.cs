using System.Reflection;
using System.Text.RegularExpressions;

namespace SmartCity.Mqtt.Tests;

/// <summary>The table of what the engine conforms to names the tests that show it: they must be there.</summary>
public sealed partial class ConformanceTests
{
    private static readonly string[] Done = ["yes", "in part", "no", "n/a"];

    [Fact]
    public void Table_Always_NamesTestsThatExist()
    {
        var tests = typeof(ConformanceTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null), (type, method) => $"{type.Name}.{method.Name}")
            .ToHashSet(StringComparer.Ordinal);
        var named = Rows().SelectMany(row => TestName().Matches(row.Tests).Select(match => match.Groups["name"].Value)).ToList();

        named.Count.ShouldBeGreaterThan(50);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Table_Always_NamesATestForWhatIsDoneAndAReasonForWhatIsNot()
    {
        foreach (var row in Rows())
        {
            Done.ShouldContain(row.Done, row.Section);
            (row.Done is not ("yes" or "in part") || TestName().IsMatch(row.Tests)).ShouldBeTrue(row.Section);
            row.Tests.ShouldNotBeEmpty(row.Section);
        }
    }

    [Fact]
    public void Table_Always_HasEverySection()
    {
        var sections = Rows().Select(row => row.Section).ToHashSet(StringComparer.Ordinal);
        string[] expected =
        [
            .. Numbered("1.5", 7), "2.1", "2.2.1", "2.2.2", "2.3", "2.4", .. Numbered("3", 15, from: 4),
            "3.1.0", "3.1.1", "3.1.2.3", "3.1.2.4", "3.1.2.5", "3.1.2.10", "3.1.2.11.2", "3.1.3.1", "3.1.3.2", "3.1.4", "3.2.0", "3.2.2.3",
            "3.3.1.1", "3.3.1.2", "3.3.1.3", "3.3.2.1", "3.3.4", .. Numbered("4", 13), "6.0",
        ];

        expected.Where(section => !sections.Contains(section)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Numbered(string prefix, int count, int from = 1)
        => Enumerable.Range(from, count - from + 1).Select(number => $"{prefix}.{number}");

    private static List<(string Section, string Done, string Tests)> Rows()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "SmartCity.sln")))
        {
            directory = directory.Parent.ShouldNotBeNull("The solution's directory is above the tests.");
        }

        return
        [
            .. File.ReadLines(Path.Combine(directory.FullName, "infra", "embedded", "Mqtt", "CONFORMANCE.md"))
                .Where(line => line.Length > 2 && line[0] == '|' && char.IsAsciiDigit(line[2]))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => (cells[1], cells[3], cells[4])),
        ];
    }

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+Tests\\.[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();
}
