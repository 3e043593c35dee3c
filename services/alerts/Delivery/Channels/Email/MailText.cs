using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Delivery.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Channels.Email;

/// <summary>Writes mails: plain text, each of the person's languages after the other, to one person alone.</summary>
internal sealed class MailText(MailLinks links, DeliveryWording wording)
{
    public MimeMessage Alert(DeliveryJob job, Town town, MailboxAddress from, string to)
    {
        var message = job.Message;
        var infos = message.InfosFor(job.Languages);
        var text = new StringBuilder();
        foreach (var info in infos)
        {
            var words = wording.Of(info.Language);
            var until = JapanTime.From(message.View.Expires).ToString(words.TimeFormat, CultureInfo.InvariantCulture);
            text.Append(info.Headline).Append("\n\n").Append(info.Description).Append("\n\n").Append(info.Instruction).Append("\n\n").Append(info.AreaDescription).Append('\n');
            if (!message.IsCancel)
            {
                text.Append(words.ValidUntil.Replace("{at}", until, StringComparison.Ordinal)).Append('\n');
            }

            text.Append(words.MoreAt.Replace("{link}", links.Alert(town.Code, message.View.Id).AbsoluteUri, StringComparison.Ordinal)).Append("\n\n――――――――――\n\n");
        }

        var unsubscribe = links.Unsubscribe(town.Code, job.Row.SubscriptionId).AbsoluteUri;
        foreach (var words in infos.Select(info => wording.Of(info.Language)).Distinct())
        {
            text.Append(words.UnsubscribeLine.Replace("{link}", unsubscribe, StringComparison.Ordinal)).Append('\n');
        }

        var mail = New(from, to, infos[0].Headline, text.ToString());
        // The same at every try, so that mailboxes which have it already can tell; and a thread for each alert.
        mail.MessageId = $"{job.DeliveryId}@{from.Domain}";
        mail.References.Add($"{message.View.AlertId}@{from.Domain}");
        mail.InReplyTo = $"{message.View.AlertId}@{from.Domain}";
        mail.Headers.Add("List-Id", $"<alerts.{town.Code}.{from.Domain}>");
        mail.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
        mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return mail;
    }

    public MimeMessage Confirmation(Town town, MailboxAddress from, string to, string token, IReadOnlyList<string> languages, double withinHours)
    {
        var link = links.Confirm(town.Code, token).AbsoluteUri;
        var all = languages.Select(wording.Of).Distinct().ToList();
        string Fill(string text, DeliveryWords words) => text
            .Replace("{town}", town.Name.In(words.Language), StringComparison.Ordinal)
            .Replace("{hours}", withinHours.ToString("0.#", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{link}", link, StringComparison.Ordinal);
        return New(from, to, Fill(all[0].ConfirmSubject, all[0]),
            string.Join("\n\n――――――――――\n\n", all.Select(words => $"{Fill(words.ConfirmText, words)}\n\n{words.Stored}")) + "\n");
    }

    private static MimeMessage New(MailboxAddress from, string to, string subject, string text)
    {
        var mail = new MimeMessage { Subject = subject, Body = new TextPart(TextFormat.Plain) { Text = text } };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress(null, to));
        // RFC 3834: nobody's absence note comes back.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
