using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Looks for Individual Numbers in what stands in a request's address, and in the one header whose text is kept.</summary>
internal static class AddressSearch
{
    private const string RequestId = "Idempotency-Key";

    public static void Collect(HttpRequest request, List<string> found)
    {
        if (MyNumber.IsIn(request.Headers[RequestId].ToString()))
        {
            found.Add("header " + RequestId);
        }

        foreach (var (name, value) in request.RouteValues)
        {
            if (MyNumber.IsIn(Convert.ToString(value, CultureInfo.InvariantCulture)))
            {
                found.Add("route " + name);
            }
        }

        foreach (var (name, values) in request.Query)
        {
            if (MyNumber.IsIn(name))
            {
                found.Add("the name of a query value");
            }
            else if (values.Any(MyNumber.IsIn))
            {
                found.Add("query " + name);
            }
        }
    }
}
