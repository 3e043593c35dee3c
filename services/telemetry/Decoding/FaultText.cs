using System.Globalization;
using System.Runtime.CompilerServices;

namespace SmartCity.Telemetry.Decoding;

/// <summary>A fault's text, which is only put together where it is wanted: a payload of a million faults costs no million texts.</summary>
[InterpolatedStringHandler]
internal ref struct FaultText
{
    private DefaultInterpolatedStringHandler _text;

    public FaultText(int literalLength, int formattedCount, DecodedPayload payload, out bool isWanted)
    {
        isWanted = payload.TakesFaults;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
