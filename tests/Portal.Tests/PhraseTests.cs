using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Tests;

public sealed class PhraseTests
{
    [Fact]
    public void Fill_WhenTemplateHasReadings_GivesRubyAndPlainText()
    {
        var phrase = new PhraseTemplate("[避難|ひなん]は {time}から").Fill([("time", "23:45")]);

        phrase.ToString().ShouldBe("避難は 23:45から");
        phrase.ToMarkup().Value.ShouldBe("<ruby>避難<rp>(</rp><rt>ひなん</rt><rp>)</rp></ruby>は 23:45から");
    }

    [Fact]
    public void Fill_WhenValueLooksLikeTemplateOrMarkup_KeepsItAsText()
    {
        var phrase = new PhraseTemplate("{name}!").Fill([("name", "[a|b]{name}<b>&\"")]);

        phrase.ToMarkup().Value.ShouldBe("[a|b]{name}&lt;b&gt;&amp;&quot;!");
    }

    [Theory]
    [InlineData("[避難")]
    [InlineData("{time")]
    [InlineData("[避難]")]
    public void Constructor_WhenBracketIsWrong_SaysSo(string source)
        => Should.Throw<FormatException>(() => new PhraseTemplate(source));

    [Fact]
    public void Fill_WhenValueIsMissing_SaysWhich()
        => Should.Throw<KeyNotFoundException>(() => new PhraseTemplate("{time}").Fill([])).Message.ShouldContain("{time}");
}
