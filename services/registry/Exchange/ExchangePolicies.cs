using SmartCity.Registry.Access;

namespace SmartCity.Registry.Exchange;

/// <summary>Who may read the log of others.</summary>
internal static class ExchangePolicies
{
    /// <summary>Officers of the municipality in the URL, and operators.</summary>
    public const string Auditors = "exchange-auditors";

    public const string Operator = "exchange-operator";

    public static void AddExchangePolicies(this IServiceCollection services)
        => services.AddAuthorizationBuilder()
            .AddPolicy(Operator, policy => policy.RequireRole("operator"))
            .AddPolicy(Auditors, policy => policy.RequireRole("officer", "operator").RequireAssertion(context => context.User.IsOperator()
                || (context.Resource is HttpContext http && http.GetRouteValue("municipality") is string municipality && context.User.HasClaim("municipality", municipality))));
}
