using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Actuators;

/// <summary>What a message means for one device. Pure.</summary>
/// <param name="Begins">Whether it begins or replaces something; else it ends it.</param>
internal sealed record ActuatorAct(ActuatorPolicy Policy, bool Begins)
{
    /// <param name="before">What the device was told last in the same chain, and at which level; null: nothing.</param>
    /// <returns>Null: nothing is to be done.</returns>
    public static ActuatorAct? Of(ActuatorPolicy policy, Device device, AlertView view, (bool Begins, int? Level)? before)
    {
        var isWanted = view.MsgType != nameof(CapMsgType.Cancel) && view.Level >= policy.MinimumLevel && policy.Covers(view.Hazard) && ActuatorReach.Touches(device, view.Area);
        var isOn = before?.Begins == true;
        if (isWanted)
        {
            // Words follow every update; what only sounds does so again when it is worse.
            return !isOn || policy.TextArgument is not null || view.Level > before?.Level ? new(policy, Begins: true) : null;
        }

        return isOn && policy.End is not null ? new(policy, Begins: false) : null;
    }

    public string Command => Begins ? Policy.Command : Policy.End!;

    public IReadOnlyDictionary<string, JsonElement> Arguments(Town town, AlertView view)
    {
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (!Begins)
        {
            return arguments;
        }

        foreach (var (name, value) in (Policy.Arguments ?? arguments).Concat(view.IsActual ? [] : Policy.DrillArguments ?? arguments))
        {
            arguments[name] = value;
        }

        if (Policy.TextArgument is { } text)
        {
            arguments[text] = JsonSerializer.SerializeToElement(TextOf(town, view));
        }

        return arguments;
    }

    // Every text of a drill begins with its mark, so that what is cut off is never that.
    private string TextOf(Town town, AlertView view)
    {
        var language = Policy.Language ?? town.Languages.FirstOrDefault() ?? "ja";
        var info = view.Info.FirstOrDefault(info => info.Language == language) ?? view.Info[0];
        var text = Policy.SaysAloud ? info.Spoken ?? info.Headline : info.Headline;
        if (text.Length <= Policy.TextLength)
        {
            return text;
        }

        var end = Policy.TextLength - 1;
        end -= end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return text[..end] + "…";
    }
}
