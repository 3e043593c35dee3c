using System.Text.Json;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>What a push message carries: enough for a notification without asking back, and little enough to fit.</summary>
/// <param name="Id">CAP identifier of the message.</param>
/// <param name="AlertId">CAP identifier of the chain.</param>
/// <param name="Tag">Of the notification: the same for a chain, so that what comes later replaces what came before.</param>
/// <param name="MsgType">CAP msgType.</param>
/// <param name="Status">CAP status.</param>
/// <param name="Url">Path of the page about it.</param>
public sealed record PushText(
    string Id, string AlertId, string Municipality, string Tag, string MsgType, string Status, int? Level, string Severity, string Hazard, string Language, string Headline,
    string Instruction, DateTimeOffset Expires, string Url)
{
    /// <summary>UTF-8 JSON, its texts cut where it would be too long.</summary>
    internal static byte[] Bytes(DeliveryMessage message, AlertInfoView info)
    {
        var view = message.View;
        var text = new PushText(
            view.Id, view.AlertId, view.Municipality, message.Topic, view.MsgType, view.Status, view.Level, view.Severity, view.Hazard, info.Language, info.Headline,
            info.Instruction, view.Expires, $"/{view.Municipality}/alerts/{view.Id}");
        var bytes = JsonSerializer.SerializeToUtf8Bytes(text, CityJson.Options);
        while (bytes.Length > PushEncryption.MostBytes && text.Headline.Length + text.Instruction.Length > 0)
        {
            text = text.Instruction.Length > 0 ? text with { Instruction = Half(text.Instruction) } : text with { Headline = Half(text.Headline) };
            bytes = JsonSerializer.SerializeToUtf8Bytes(text, CityJson.Options);
        }

        return bytes;
    }

    private static string Half(string text)
    {
        // Without the mark of the cut before: what remains is shorter each time, and in the end nothing.
        var end = text.TrimEnd('…').Length / 2;
        // Not between the two units of one character.
        end -= end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return end == 0 ? "" : text[..end] + "…";
    }
}
