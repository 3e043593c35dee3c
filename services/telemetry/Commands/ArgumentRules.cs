using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Telemetry.Commands;

/// <summary>A fault of an argument.</summary>
/// <param name="Argument">Its name.</param>
/// <param name="Code">Stable, in kebab-case.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record ArgumentFault(string Argument, string Code, string Message);

/// <summary>Whether arguments are what the manifest allows.</summary>
internal static class ArgumentRules
{
    /// <summary>The refusal that lists every fault, or null.</summary>
    public static ProblemHttpResult? Refuse(DeviceCommand command, CommandRequest request)
    {
        var known = command.Arguments ?? new Dictionary<string, CommandArgument>(StringComparer.Ordinal);
        var given = request.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var faults = new List<ArgumentFault>();
        foreach (var (name, argument) in known)
        {
            if (!given.TryGetValue(name, out var value))
            {
                Add(faults, argument.Optional, name, "argument-missing", "is missing");
            }
            else
            {
                Check(name, argument, value, faults);
            }
        }

        var strangers = given.Keys.Where(name => !known.ContainsKey(name)).ToList();
        if (strangers.Count > 0)
        {
            faults.Add(new ArgumentFault("", "argument-unknown", string.Create(CultureInfo.InvariantCulture,
                $"{strangers.Count} argument(s) are not among those of '{command.Name}': it takes {(known.Count == 0 ? "none" : string.Join(", ", known.Keys))}.")));
        }

        if (faults.Count > 0)
        {
            return Problem.Unprocessable("arguments-refused", "The arguments are not what the command takes.",
                string.Join(' ', faults.Select(fault => fault.Message)) + " Nothing was sent.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = faults });
        }

        return FreeText.Refuse(given.Where(argument => argument.Value.ValueKind == JsonValueKind.String).Select(argument => (argument.Key, argument.Value.GetString())));
    }

    private static void Check(string name, CommandArgument argument, JsonElement value, List<ArgumentFault> faults)
    {
        switch (argument.Type)
        {
            case ArgumentType.Number or ArgumentType.Integer:
                CheckNumber(name, argument, value, faults);
                break;
            case ArgumentType.Boolean:
                Add(faults, value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "argument-wrong-type", "is true or false");
                break;
            default:
                CheckText(name, argument, value, faults);
                break;
        }
    }

    private static void CheckNumber(string name, CommandArgument argument, JsonElement value, List<ArgumentFault> faults)
    {
        var isWhole = argument.Type == ArgumentType.Integer;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number) || (isWhole && number != Math.Floor(number)))
        {
            Add(faults, false, name, "argument-wrong-type", isWhole ? "is a whole number" : "is a number");
            return;
        }

        Add(faults, !(number < argument.Minimum) && !(number > argument.Maximum), name, "argument-out-of-range", string.Create(CultureInfo.InvariantCulture,
            $"is a number {(argument.Minimum is { } least ? $"from {least} " : "")}{(argument.Maximum is { } most ? $"up to {most}" : "and above")}"));
    }

    private static void CheckText(string name, CommandArgument argument, JsonElement value, List<ArgumentFault> faults)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Add(faults, false, name, "argument-wrong-type", "is a text");
        }
        else if (argument.Values is { } values)
        {
            Add(faults, values.Contains(value.GetString(), StringComparer.Ordinal), name, "argument-value-unknown", "is one of " + string.Join(", ", values));
        }
        else
        {
            var most = argument.MaximumLength ?? CommandArgument.UsualLength;
            Add(faults, value.GetString()!.Length <= most, name, "argument-too-long", string.Create(CultureInfo.InvariantCulture, $"has at most {most} characters"));
        }
    }

    private static void Add(List<ArgumentFault> faults, bool holds, string name, string code, string what)
    {
        if (!holds)
        {
            faults.Add(new ArgumentFault(name, code, $"'{name}' {what}."));
        }
    }
}
