using System.Text;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Telemetry.Decoding;

/// <summary>Devices' texts are shown and logged as <c>lastError</c>: an Individual Number that somebody put into one goes no further.</summary>
internal static class MyNumberFault
{
    /// <summary>What stands in for a text with such a number.</summary>
    public static readonly Fault Refused = new(MyNumberRefusal.Code,
        "A text of the device holds a 12-digit number that passes the check of an Individual Number (マイナンバー); it was not stored. Take it out of the device's settings.");

    /// <summary>
    /// The fault itself, or its stand-in where its message repeats such a number. Control characters, which it may repeat
    /// from a payload and PostgreSQL partly refuses, become U+FFFD, and so do halves of characters.
    /// </summary>
    public static Fault Hide(this Fault fault)
        => MyNumber.IsIn(fault.Message) ? Refused : new Fault(Printable(fault.Code), Printable(fault.Message));

    /// <summary>A name for the log, which never holds such a number.</summary>
    public static string Hide(string name) => MyNumber.IsIn(name) ? "(withheld)" : name;

    private static string Printable(string text)
        => text.Any(character => char.IsControl(character) || char.IsSurrogate(character))
            ? string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString()))
            : text;
}
