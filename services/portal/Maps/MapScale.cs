using System.Globalization;

namespace SmartCity.Portal.Maps;

/// <summary>A bar that says how long its length is.</summary>
/// <param name="Metres">1, 2 or 5 times a power of ten.</param>
/// <param name="Length">Of the bar, in drawing units.</param>
/// <param name="Middle">Half of it, for its label.</param>
public sealed record MapScale(int Metres, string Length, string Middle)
{
    public string Text => Metres >= 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{Metres / 1000} km") : string.Create(CultureInfo.InvariantCulture, $"{Metres} m");

    /// <summary>One that fills at most a quarter of the width.</summary>
    internal static MapScale Of(double metresPerUnit)
    {
        var most = metresPerUnit * Projection.Width / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        var factor = most / power;
        var metres = (int)Math.Max(1, power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1));
        return new MapScale(metres, Number(metres / metresPerUnit), Number(metres / metresPerUnit / 2));
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
