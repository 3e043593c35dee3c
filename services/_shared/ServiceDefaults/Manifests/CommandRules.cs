using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold of the commands of a kind of device.</summary>
internal static class CommandRules
{
    private const int MostCommands = 50;
    private const int MostArguments = 20;

    public static void Check(Town town, DeviceKind kind, string path, NoticeList list)
    {
        if (kind.Commands is not { } commands)
        {
            return;
        }

        list.Must(commands.Count <= MostCommands, "too-many-commands", path + ".commands", null,
            string.Create(CultureInfo.InvariantCulture, $"are {commands.Count}; {MostCommands} are allowed"));
        list.Duplicates(path + ".commands", commands, command => command.Name, "name");
        for (var index = 0; index < commands.Count; index++)
        {
            var command = commands[index];
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.commands[{index}]");
            WarnIfNobodyApproves(town, command, place, list);
            list.Must((command.Arguments?.Count ?? 0) <= MostArguments, "too-many-arguments", place + ".arguments", null,
                string.Create(CultureInfo.InvariantCulture, $"are {command.Arguments?.Count}; {MostArguments} are allowed"));
            foreach (var (name, argument) in command.Arguments ?? new Dictionary<string, CommandArgument>(StringComparer.Ordinal))
            {
                Check(name, argument, $"{place}.arguments.{name}", list);
            }
        }
    }

    // People come from the identity provider, so this may be wrong: it is a hint and no fault.
    private static void WarnIfNobodyApproves(Town town, DeviceCommand command, string place, NoticeList list)
    {
        var officers = town.People.Count(person => person.Role == CityRoles.Officer);
        if (command.SecondPerson && town.People.Count > 0 && officers < (command.Role == CommandRole.Officer ? 2 : 1))
        {
            list.Warn("nobody-approves", place + ".secondPerson",
                $"asks for a second person who is an officer, and people names {officers.ToString(CultureInfo.InvariantCulture)}: '{command.Name}' could never be sent");
        }
    }

    private static void Check(string name, CommandArgument argument, string place, NoticeList list)
    {
        list.Must(name.Length is > 0 and <= 64 && char.IsAsciiLetter(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'),
            "argument-name-malformed", place, name, "is no argument's name: 1 to 64 letters, digits, '_' or '-', a letter first");
        var isNumber = argument.Type is ArgumentType.Number or ArgumentType.Integer;
        list.Must(isNumber || (argument.Minimum ?? argument.Maximum) is null, "bound-of-no-number", place, null, "has minimum or maximum and is no number");
        list.Must(argument.Minimum is not { } least || argument.Maximum is not { } most || least <= most,
            "bounds-exchanged", place + ".minimum", argument.Minimum?.ToString(CultureInfo.InvariantCulture), "is above maximum");
        list.Must(argument.Type == ArgumentType.Text || (argument.MaximumLength is null && argument.Values is null),
            "text-bound-of-no-text", place, null, "has maximumLength or values and is no text");
    }
}
