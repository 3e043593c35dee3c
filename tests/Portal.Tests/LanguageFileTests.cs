using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Tests;

public sealed class LanguageFileTests
{
    private static readonly TextCatalog Texts = TextCatalog.Load();

    public static TheoryData<string> Codes => [.. Texts.Languages.Select(language => language.Code)];

    [Fact]
    public void Load_Always_FindsThreeLanguagesJapaneseFirst()
        => Texts.Languages.Select(language => language.Code).ShouldBe(["ja", "ja-easy", "en"]);

    [Theory]
    [MemberData(nameof(Codes))]
    public void File_Always_HasEveryKeyWithTheSameValues(string code)
    {
        var language = Texts.Find(code)!;
        var keys = Texts.Languages.SelectMany(other => other.Keys).Distinct().ToList();

        keys.Where(key => !language.Has(key)).ShouldBeEmpty();
        // A language may leave out the era year, never a value that people need.
        keys.Where(key => !key.StartsWith("time.", StringComparison.Ordinal))
            .Where(key => !language.Template(key).Arguments.Order().SequenceEqual(Texts.Default.Template(key).Arguments.Order()))
            .ShouldBeEmpty();
    }

    [Fact]
    public void EasyJapanese_Always_ReadsEveryKanji()
    {
        var easy = Texts.Find("ja-easy")!;
        var outside = new HashSet<string>(["language.name", "time.months"], StringComparer.Ordinal);

        easy.Keys.Where(key => !outside.Contains(key) && HasUnreadKanji(easy.Template(key))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Months_Always_AreTwelve(string code)
        => Texts.Find(code)!.Text("time.months").ToString().Split(';').Length.ShouldBe(12);

    private static bool HasUnreadKanji(PhraseTemplate template)
    {
        var values = template.Arguments.Select(name => (name, Phrase.Of(""))).ToArray();
        return template.Fill(values).Parts.Any(part => part.Reading is null && part.Text.Any(character => character is >= '一' and <= '鿿'));
    }
}
