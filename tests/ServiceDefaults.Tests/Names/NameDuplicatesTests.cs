using SmartCity.ServiceDefaults.Names;

namespace SmartCity.ServiceDefaults.Tests.Names;

public sealed class NameDuplicatesTests
{
    [Fact]
    public void Find_WhenNamesAreWrittenDifferently_GroupsThem()
    {
        var groups = NameDuplicates.Find(
        [
            new("1", "髙橋 太郎", "タカハシ タロウ"), new("2", "山田 花子", "ヤマダ ハナコ"), new("3", "高橋　太郎", "ﾀｶﾊｼﾀﾛｳ"),
        ]);

        groups.ShouldHaveSingleItem().Ids.ShouldBe(["1", "3"]);
        groups[0].IsReadingCertain.ShouldBeTrue();
    }

    [Fact]
    public void Find_WhenReadingsDiffer_KeepsThemApart()
        => NameDuplicates.Find([new("1", "東", "ヒガシ"), new("2", "東", "アズマ")]).ShouldBeEmpty();

    [Fact]
    public void Find_WhenAReadingIsMissing_GroupsAllOfTheName()
    {
        var groups = NameDuplicates.Find([new("1", "東", "ヒガシ"), new("2", "東"), new("3", "東", "アズマ")]);

        groups.ShouldHaveSingleItem().Ids.ShouldBe(["1", "2", "3"]);
        groups[0].IsReadingCertain.ShouldBeFalse();
    }

    [Fact]
    public void Find_WhenNamesAreEmpty_FindsNothing() => NameDuplicates.Find([new("1", " "), new("2", "　"), new("3", "")]).ShouldBeEmpty();

    [Fact]
    public void Find_WhenTheListIsLong_NeedsOnePass()
    {
        var records = Enumerable.Range(0, 100_000).Select(number => new NamedRecord($"{number}", $"山田{number % 50_000}")).ToList();

        NameDuplicates.Find(records).Count.ShouldBe(50_000);
    }
}
