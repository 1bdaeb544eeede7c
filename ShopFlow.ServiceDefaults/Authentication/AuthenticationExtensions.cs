using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults.Authentication;

internal static class AuthenticationExtensions
{
    public static void AddAccessTokens(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        services.AddAuthentication(AccessTokenDefaults.Scheme).AddScheme<AccessTokenOptions, AccessTokenHandler>(AccessTokenDefaults.Scheme, null);
        services.AddOptions<AccessTokenOptions>(AccessTokenDefaults.Scheme).BindConfiguration("Jwt").ValidateDataAnnotations();
        services.AddAuthorizationBuilder().AddPolicy(Policies.Admin, policy => policy.RequireRole(Policies.Admin));

        services.AddHttpClient(HttpJwksSource.ClientName);
        services.TryAddSingleton<IJwksSource, HttpJwksSource>();
        services.AddSingleton<SigningKeys>();

        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            new CurrentUser(provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? new ClaimsPrincipal()));
    }
}
