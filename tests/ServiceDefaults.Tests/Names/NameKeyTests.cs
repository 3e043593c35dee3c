using System.Text;
using SmartCity.ServiceDefaults.Names;

namespace SmartCity.ServiceDefaults.Tests.Names;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("髙橋 太郎", "高橋　太郎")]
    [InlineData("山﨑", "山崎")]
    [InlineData("渡邊・渡邉", "渡辺渡辺")]
    [InlineData("齋藤", "斉藤")]
    [InlineData("齊藤", "斎藤")]
    [InlineData("山嵜", "山崎")]
    [InlineData("濵田", "浜田")]
    [InlineData("濱田", "浜田")]
    [InlineData("嶋田", "島田")]
    [InlineData("嶌田", "島田")]
    [InlineData("廣瀨", "広瀬")]
    [InlineData("國廣", "国広")]
    [InlineData("眞鍋 龍櫻", "真鍋竜桜")]
    [InlineData("武藏 冨士子", "武蔵富士子")]
    [InlineData("栁原", "柳原")]
    [InlineData("桒原", "桑原")]
    [InlineData("大舘", "大館")]
    [InlineData("上埜", "上野")]
    [InlineData("石槗 龜吉", "石橋亀吉")]
    [InlineData("昻", "昂")]
    [InlineData("增田 敎子", "増田教子")]
    [InlineData("𠮷田", "吉田")]
    [InlineData("澤 德惠", "沢徳恵")]
    [InlineData("佐々木", "佐佐木")]
    [InlineData("ｻｲﾄｳ ﾋﾛｼ", "さいとうひろし")]
    [InlineData("ガッキョウ", "ｶﾞﾂｷﾖｳ")]
    [InlineData("ユーコ", "ゆこ")]
    [InlineData("Ｓｍｉｔｈ　Ｊｏｈｎ", "smith john")]
    [InlineData("マリア＝ルイザ・デ", "まりあ=るいざで")]
    [InlineData("葛\U000E0100城", "葛城")]
    [InlineData("神\ufe00", "神")]
    [InlineData("か\u200d\u3099く", "ガク")]
    [InlineData("鎌ヶ谷", "鎌ケ谷")]
    public void Of_WhenWrittenInTwoWays_IsTheSame(string one, string other) => NameKey.Of(one).ShouldBe(NameKey.Of(other));

    [Theory]
    [InlineData("高橋", "高端")]
    [InlineData("はし", "ばし")]
    [InlineData("坂本", "阪本")]
    [InlineData("カ", "力")]
    [InlineData("高橋", "たかはし")]
    [InlineData("José", "Jose")]
    public void Of_WhenTheNamesDiffer_Differs(string one, string other) => NameKey.Of(one).ShouldNotBe(NameKey.Of(other));

    [Theory]
    [InlineData(null)]
    [InlineData(" 　\u200b・ー")]
    public void Of_WhenNothingIsLeft_IsEmpty(string? name) => NameKey.Of(name).ShouldBeEmpty();

    [Fact]
    public void Of_WhenAppliedAgain_ChangesNothing()
    {
        foreach (var name in RandomNames(seed: 1))
        {
            NameKey.Of(NameKey.Of(name)).ShouldBe(NameKey.Of(name), Show(name));
        }
    }

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    [InlineData(NormalizationForm.FormKC)]
    [InlineData(NormalizationForm.FormKD)]
    public void Of_WhenUnicodeCallsTwoTextsEquivalent_IsTheSame(NormalizationForm form)
    {
        foreach (var name in RandomNames(seed: 2))
        {
            NameKey.Of(name.Normalize(form)).ShouldBe(NameKey.Of(name), Show(name));
        }
    }

    [Fact]
    public void Table_HoldsEachKanjiOnceAndOnlyWhatNeedsIt()
    {
        var all = KanjiVariants.Lines().SelectMany(line => line).ToList();

        KanjiVariants.Count.ShouldBeGreaterThan(400);
        all.GroupBy(kanji => kanji).Where(group => group.Count() > 1).Select(group => group.Key.ToString()).ShouldBeEmpty();
        all.Where(kanji => kanji.ToString().Normalize(NormalizationForm.FormKC) != kanji.ToString()).Select(kanji => kanji.ToString()).ShouldBeEmpty();
        KanjiVariants.Lines().ShouldAllBe(line => line.Length >= 2);
    }

    [Fact]
    public void Table_WhenAFormFolded_FoldsNoFurther()
        => KanjiVariants.Lines().SelectMany(line => line.Skip(1)).ShouldAllBe(variant => KanjiVariants.Fold(KanjiVariants.Fold(variant)) == KanjiVariants.Fold(variant));

    /// <summary>Texts of what names are made of, and of what makes trouble.</summary>
    private static IEnumerable<string> RandomNames(int seed)
    {
        var random = new Random(seed);
        (int From, int To)[] ranges = [(0x20, 0x17f), (0x300, 0x36f), (0x2010, 0x2015), (0x3000, 0x30ff), (0x4e00, 0x9fff), (0xf900, 0xfad9), (0xfe00, 0xfe0f), (0xff00, 0xffef), (0x200b, 0x200d), (0xe0100, 0xe0110), (0x20000, 0x2a6df), (0x1e00, 0x1eff)];
        for (var count = 0; count < 20_000; count++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 9); length > 0; length--)
            {
                var (from, to) = ranges[random.Next(ranges.Length)];
                text.Append(new Rune(random.Next(from, to + 1)).ToString());
            }

            yield return text.ToString();
        }
    }

    private static string Show(string name) => string.Join(' ', name.EnumerateRunes().Select(rune => $"U+{rune.Value:X4}"));
}
