using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Host.Startup;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Simulator;

namespace SmartCity.Host.Development;

/// <summary>What exists for development only: the token issuer and the simulator's controls.</summary>
internal static class DevelopmentApp
{
    private const double LargestFloodMetres = 10;
    private static readonly string[] Roles = ["resident", "clerk", "officer", "clinician", "operator", "service"];

    public static WebApplication Build(string url, DevelopmentIssuer issuer, DemoPeople people, Func<RiverSimulator?> simulator)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--urls", url, "--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = AppContext.BaseDirectory });
        if (!builder.Environment.IsDevelopment())
        {
            throw new HostStartException(
                $"The environment is {builder.Environment.EnvironmentName}, and the development issuer only runs in Development: "
                + "it hands out tokens to anybody. Unset ASPNETCORE_ENVIRONMENT, or run the services with Identity:Authority set to your issuer.");
        }

        builder.Logging.ClearProviders();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json => CityJson.Apply(json.SerializerOptions));
        builder.Services.AddSingleton(issuer);
        builder.Services.AddSingleton(people);
        builder.Services.AddSingleton(new AuthorizationCodes(TimeProvider.System));
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer.Issuer,
            ["jwks_uri"] = issuer.Issuer + "/.well-known/jwks.json",
            ["authorization_endpoint"] = issuer.Issuer + AuthorizationEndpoints.Authorize,
            ["token_endpoint"] = issuer.Issuer + AuthorizationEndpoints.Token,
            ["response_types_supported"] = new[] { "code" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
        });
        app.MapGet("/.well-known/jwks.json", issuer.KeySet);
        app.MapPost("/dev/token", IssueToken);
        app.MapAuthorization();
        app.MapPost("/dev/flood", (string device, double? heightMetres) => OrderFlood(simulator(), device, heightMetres ?? RiverSimulator.UnaskedHeightMetres));
        return app;
    }

    /// <summary>
    /// A token for a person of a manifest by name alone; with <paramref name="role"/> and <paramref name="municipality"/> for
    /// anybody, so that the first people of a municipality which is not onboarded yet can propose and approve it.
    /// </summary>
    private static Results<Ok<TokenAnswer>, ProblemHttpResult> IssueToken(string name, DevelopmentIssuer issuer, DemoPeople people, string? role = null, string? municipality = null)
    {
        if (role is not null)
        {
            return Roles.Contains(role, StringComparer.Ordinal) && (municipality is null || MunicipalityCode.IsValid(municipality))
                ? TypedResults.Ok(new TokenAnswer(issuer.TokenFor(name, role, municipality), "Bearer"))
                : Problem.BadRequest("person-malformed", "There can be no such person.",
                    $"role is one of {string.Join(", ", Roles)}; municipality is a 6-digit local-government code with its check digit.");
        }

        return people.All.FirstOrDefault(person => person.Name == name) is { } person
            ? TypedResults.Ok(new TokenAnswer(issuer.TokenFor(person.Name, person.Role, person.Municipality), "Bearer"))
            : Problem.NotFound("unknown-person", "There is no such demo person.",
                $"name is one of: {string.Join(", ", people.All.Select(known => known.Name))}. For somebody else give role and municipality too.");
    }

    private static Results<Accepted<FloodAnswer>, ProblemHttpResult> OrderFlood(RiverSimulator? simulator, string device, double heightMetres)
    {
        if (simulator is null)
        {
            return Problem.Conflict("no-simulator", "The simulator is not running.", "Start the host without --no-simulator.");
        }

        if (heightMetres is not (> 0 and <= LargestFloodMetres))
        {
            return Problem.BadRequest("height-out-of-range", "heightMetres is out of range.", $"heightMetres must be above 0 and at most {LargestFloodMetres}.");
        }

        return simulator.Flood(device, heightMetres)
            ? TypedResults.Accepted((string?)null, new FloodAnswer(device, heightMetres))
            : Problem.NotFound("unknown-device", "The simulator has no such device.", $"'{device}' is not a river gauge of the region file.");
    }

    private sealed record TokenAnswer(string AccessToken, string TokenType);

    private sealed record FloodAnswer(string Device, double HeightMetres);
}
