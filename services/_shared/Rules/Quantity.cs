using System.Globalization;

namespace SmartCity.Rules;

/// <summary>Numbers with units as explanations show them.</summary>
public static class Quantity
{
    private const int MostDecimals = 3;

    /// <summary>A number with as many decimals as it has, at least so many, and its unit.</summary>
    public static string Text(double value, string unit, int leastDecimals = 0)
    {
        var number = value.ToString("F" + Math.Max(leastDecimals, DecimalsOf(value)).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : unit is "%" or "°" ? number + unit : number + " " + unit;
    }

    /// <summary>A value beside its bound, both with the same decimals: <c>3.42 m ≥ 3.20 m</c>.</summary>
    public static string Compare(double value, string comparison, double bound, string unit)
    {
        var decimals = Math.Max(DecimalsOf(value), DecimalsOf(bound));
        return $"{Text(value, unit, decimals)} {comparison} {Text(bound, unit, decimals)}";
    }

    private static int DecimalsOf(double value)
    {
        for (var decimals = 0; decimals < MostDecimals; decimals++)
        {
            if (Math.Abs(Math.Round(value, decimals) - value) < 0.0005)
            {
                return decimals;
            }
        }

        return MostDecimals;
    }
}
