using System.Globalization;
using System.Xml;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Looks for Individual Numbers in the texts and attributes of XML, where digits may hide as character references.</summary>
internal static class XmlSearch
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static void Collect(ArraySegment<byte> body, List<string> found)
    {
        var places = new List<string>();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.Array!, body.Offset, body.Count), Settings);
            while (reader.Read())
            {
                if (reader.HasValue && MyNumber.IsIn(reader.Value))
                {
                    places.Add(PlaceOf(reader));
                }

                while (reader.MoveToNextAttribute())
                {
                    if (MyNumber.IsIn(reader.Value))
                    {
                        places.Add(PlaceOf(reader));
                    }
                }
            }

            found.AddRange(places);
        }
        catch (XmlException)
        {
            // The handler says what is wrong with it; until then it is a text like any other.
            TextSearch.Collect(BodyText.Decode(body, charset: null), found);
        }
    }

    private static string PlaceOf(XmlReader reader)
    {
        var at = (IXmlLineInfo)reader;
        return string.Create(CultureInfo.InvariantCulture, $"line {at.LineNumber}, column {at.LinePosition}");
    }
}
