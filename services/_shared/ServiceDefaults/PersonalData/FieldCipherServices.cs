using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Registers <see cref="FieldCipher"/> for services that store personal fields.</summary>
public static class FieldCipherServices
{
    private const string DefaultFile = "field-keys.json";

    public static void AddFieldCipher(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FieldKeyOptions>().BindConfiguration(FieldKeyOptions.Section);
        builder.Services.AddSingleton(provider => new FieldCipher(KeysOf(
            provider.GetRequiredService<IOptions<FieldKeyOptions>>().Value, provider.GetRequiredService<DatabaseKind>(),
            provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<TimeProvider>())));
    }

    private static FieldKeys KeysOf(FieldKeyOptions options, DatabaseKind database, IHostEnvironment environment, TimeProvider clock)
    {
        var id = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (options.Json is { } json)
        {
            return FieldKeys.Parse(json);
        }

        if ((options.File ?? SecretFile.BesideOf(database, DefaultFile)) is { } file)
        {
            return FieldKeys.Parse(SecretFile.ReadOrMake(file, () => FieldKeys.Make(id)));
        }

        // Keys that are lost with the process would make what it stored unreadable.
        return !environment.IsDevelopment()
            ? throw new InvalidOperationException("FieldKeys:File is not set: name the file of the keys that encrypt personal fields, kept apart from the database.")
            : FieldKeys.Parse(FieldKeys.Make(id));
    }
}
