using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>Registrations of the staff's sign-in.</summary>
internal static class SignInServices
{
    public static void AddStaffSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration("Portal:SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(CodeFlow.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<CodeFlow>();
        services.AddSingleton<PendingSignIns>();

        var protection = services.AddDataProtection().SetApplicationName("smartcity-portal");
        if (builder.Configuration["Portal:SignIn:KeysDirectory"] is { Length: > 0 } directory)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(directory));
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }

        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sc-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = Secure(builder);
        });
        services.AddAuthentication().AddCookie(StaffDoor.Scheme, cookie => StaffSession.Configure(cookie, Secure(builder)));
        services.AddOptions<CookieAuthenticationOptions>(StaffDoor.Scheme)
            .Configure<IOptions<SignInOptions>>((cookie, options) => cookie.ExpireTimeSpan = TimeSpan.FromMinutes(options.Value.IdleMinutes));
        services.AddAuthorizationBuilder().AddPolicy(StaffDoor.Policy, policy => policy.AddAuthenticationSchemes(StaffDoor.Scheme).RequireAuthenticatedUser());
    }

    // Only the development host speaks plain HTTP.
    private static CookieSecurePolicy Secure(WebApplicationBuilder builder)
        => builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
}
