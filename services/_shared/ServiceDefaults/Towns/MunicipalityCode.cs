namespace SmartCity.ServiceDefaults.Towns;

/// <summary>
/// Japan's local-government code: prefecture (2 digits), municipality (3 digits), check digit. The check digit is
/// 11 less the sum of the first five digits weighted 6 to 2, modulo 11; its last digit counts
/// (Ministry of Internal Affairs and Communications, JIS X 0401/0402).
/// </summary>
public static class MunicipalityCode
{
    public static bool IsValid(string code)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
        {
            return false;
        }

        var sum = 0;
        for (var index = 0; index < 5; index++)
        {
            sum += (code[index] - '0') * (6 - index);
        }

        return (11 - (sum % 11)) % 10 == code[5] - '0';
    }
}
