using System.Text;
using SmartCity.Registry.Devices;

namespace SmartCity.Registry.Csv;

/// <summary>The new keys as CSV, for office software (RFC 4180; the mark at the start tells it that this is UTF-8).</summary>
internal static class KeyList
{
    public static async Task WriteAsync(Stream body, IReadOnlyList<RegisteredDevice> devices)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("id,name_ja,user_name,key,key_id,topic");
        foreach (var device in devices)
        {
            string[] cells = [device.Id, device.Device.Name.In("ja"), device.Access.UserName, device.Access.Key ?? "", device.Access.KeyId, device.Access.Topic];
            await writer.WriteLineAsync(string.Join(',', cells.Select(Cell)));
        }
    }

    // A cell that begins like a formula would be run by office software (CWE-1236).
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
