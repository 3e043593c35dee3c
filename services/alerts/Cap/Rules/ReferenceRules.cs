namespace SmartCity.Alerts.Cap.Rules;

/// <summary>References to earlier messages (section 3.2.1).</summary>
internal static class ReferenceRules
{
    private const string Place = "references";

    /// <summary>An alert of weeks with a message every hour; each is looked up while other writers wait.</summary>
    private const int Most = 500;

    public static void Check(CapAlert alert, CapNotices notices)
    {
        if (notices.Failed("msgType") || notices.Failed(Place))
        {
            return;
        }

        if (alert.MsgType != CapMsgType.Alert && alert.References.Count == 0)
        {
            notices.Error("references-missing", Place, null, $"A message of type {alert.MsgType} names in 'references' the messages that it is about.");
        }

        if (alert.References.Count > Most)
        {
            notices.Error("references-too-many", Place, null, $"It names {alert.References.Count} messages; at most {Most} are looked up.");
            return;
        }

        foreach (var reference in alert.References)
        {
            if (reference.Sender == alert.Sender && reference.Identifier == alert.Identifier)
            {
                notices.Error("reference-circular", Place, CapWriter.Format(reference), "The message names itself.");
            }
            else if (!notices.Failed("sent") && reference.Sent > alert.Sent)
            {
                notices.Error("reference-postdated", Place, CapWriter.Format(reference), $"The message was sent at {CapTime.Format(alert.Sent)} and names one that is later.");
            }
        }

        if (alert.References.DistinctBy(reference => (reference.Sender, reference.Identifier, reference.Sent)).Count() < alert.References.Count)
        {
            notices.Warn("reference-repeated", Place, null, "A message is named more than once.");
        }
    }
}
