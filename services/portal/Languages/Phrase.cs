using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace SmartCity.Portal.Languages;

/// <summary>A piece of a phrase: text, maybe with its reading above it (furigana).</summary>
/// <param name="Text">What is written.</param>
/// <param name="Reading">How it is read, in kana, or null.</param>
/// <param name="Slot">Name of a place that a script fills in the browser, or null.</param>
public readonly record struct PhrasePart(string Text, string? Reading = null, string? Slot = null);

/// <summary>A text for people, with or without furigana. Always encoded where it meets HTML.</summary>
public sealed class Phrase
{
    private readonly IReadOnlyList<PhrasePart> _parts;

    public Phrase(IReadOnlyList<PhrasePart> parts)
    {
        _parts = parts;
    }

    public IReadOnlyList<PhrasePart> Parts => _parts;

    /// <summary>Text as it stands; nothing in it is taken for markup.</summary>
    public static Phrase Of(string text) => new([new PhrasePart(text)]);

    /// <summary>A text with its reading in kana above it.</summary>
    public static Phrase Read(string text, string reading) => new([new PhrasePart(text, reading)]);

    /// <summary>An empty place in the page that a script fills.</summary>
    public static Phrase Slot(string name) => new([new PhrasePart("", Slot: name)]);

    public static implicit operator Phrase(string text) => Of(text);

    /// <summary>Without readings: for attributes, titles and the like.</summary>
    public override string ToString() => string.Concat(_parts.Select(part => part.Text));

    /// <summary>HTML with <c>ruby</c> elements for readings; browsers without ruby show them in brackets.</summary>
    public MarkupString ToMarkup()
    {
        var html = new StringBuilder();
        foreach (var part in _parts)
        {
            var text = Encoder.Encode(part.Text);
            if (part.Slot is { } slot)
            {
                html.Append("<span data-slot=\"").Append(Encoder.Encode(slot)).Append("\"></span>");
            }
            else if (part.Reading is { } reading)
            {
                html.Append("<ruby>").Append(text).Append("<rp>(</rp><rt>").Append(Encoder.Encode(reading)).Append("</rt><rp>)</rp></ruby>");
            }
            else
            {
                html.Append(text);
            }
        }

        return new MarkupString(html.ToString());
    }

    private static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
}
