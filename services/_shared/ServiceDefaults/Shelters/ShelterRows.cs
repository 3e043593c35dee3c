using System.Globalization;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>Collects rows and faults; what both forms have in common.</summary>
internal sealed class ShelterRows
{
    private const int MaximumFaults = 1000;

    private static readonly string[] Yes = ["1", "1.0", "○", "◯", "〇", "有", "true"];
    private static readonly string[] No = ["", "0", "0.0", "×", "無", "false"];

    private readonly Dictionary<string, ListedShelter> _shelters = new(StringComparer.Ordinal);
    private readonly List<ImportFault> _faults = [];
    private readonly List<ImportFault> _notices = [];

    public static ShelterList Refused(string column, string value, string reason) => new([], [new ImportFault(0, column, value, reason)], []);

    public ShelterList ToList() => _faults.Count > 0 ? new([], _faults, _notices) : new([.. _shelters.Values], [], _notices);

    public void Fault(int line, string column, string? value, string reason)
    {
        if (_faults.Count < MaximumFaults)
        {
            _faults.Add(new ImportFault(line, column, value ?? "", reason));
        }
    }

    public void Notice(int line, string column, string value, string reason) => _notices.Add(new ImportFault(line, column, value, reason));

    /// <param name="hazards">Hazard key with column and cell.</param>
    public void Add(
        int line,
        (string Column, string? Value) id,
        (string Column, string? Value) name,
        string? englishName,
        string? kanaName,
        string address,
        (double LatitudeDegrees, double LongitudeDegrees)? place,
        IEnumerable<(string Key, string Column, string? Value)> hazards,
        int? capacity,
        ShelterAccess? accessibility)
    {
        // Whatever the file came as, and however it was written there: it is read now.
        if (new[] { id.Value, name.Value, englishName, kanaName, address }.Any(MyNumber.IsIn))
        {
            Fault(line, name.Column, "", "holds an Individual Number (マイナンバー), or a row of digits like one; take it out");
            return;
        }

        var before = _faults.Count;
        Require(line, id);
        Require(line, name);
        var keys = hazards.Where(hazard => IsDesignated(line, hazard.Column, hazard.Value)).Select(hazard => hazard.Key).ToList();
        if (place is null || _faults.Count > before)
        {
            return;
        }

        var names = new LocalizedText { ["ja"] = name.Value! };
        if (!string.IsNullOrWhiteSpace(englishName))
        {
            names["en"] = englishName;
        }

        if (!string.IsNullOrWhiteSpace(kanaName))
        {
            names["ja-Hira"] = kanaName;
        }

        var shelter = new ListedShelter
        {
            Id = id.Value!,
            Name = names,
            Address = address,
            LatitudeDegrees = place.Value.LatitudeDegrees,
            LongitudeDegrees = place.Value.LongitudeDegrees,
            Hazards = keys,
            Capacity = capacity,
            Accessibility = accessibility,
        };
        if (!_shelters.TryAdd(shelter.Id, shelter))
        {
            Fault(line, id.Column, id.Value, "is there twice");
        }
    }

    /// <summary>A coordinate in degrees, or null with the fault noted.</summary>
    public double? Degrees(int line, string column, string? value, double most)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most)
        {
            return degrees;
        }

        Fault(line, column, value, string.Create(CultureInfo.InvariantCulture, $"is not a number of degrees from -{most} to {most}"));
        return null;
    }

    /// <summary>Whether there is something; null where the list does not say. What is not understood is noted and not guessed.</summary>
    public bool? Fact(int line, string column, string? value)
    {
        var cell = value?.Trim() ?? "";
        if (Yes.Contains(cell, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (cell.Length > 0 && !No.Contains(cell, StringComparer.OrdinalIgnoreCase))
        {
            Notice(line, column, cell, "is neither yes nor no and left out");
            return null;
        }

        return cell.Length > 0 ? false : null;
    }

    private void Require(int line, (string Column, string? Value) cell)
    {
        if (string.IsNullOrWhiteSpace(cell.Value))
        {
            Fault(line, cell.Column, cell.Value, "is missing");
        }
    }

    private bool IsDesignated(int line, string column, string? value)
    {
        var cell = value?.Trim() ?? "";
        if (Yes.Contains(cell, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!No.Contains(cell, StringComparer.OrdinalIgnoreCase))
        {
            Fault(line, column, value, "is neither 1 nor empty");
        }

        return false;
    }
}
