using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
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

        // AddAuthentication would bring data protection too, which writes a key to the disk at every first start.
        services.AddAuthenticationCore(options => options.DefaultScheme = AccessTokenDefaults.Scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AccessTokenOptions, AccessTokenHandler>(AccessTokenDefaults.Scheme, null);
        services.AddOptions<AccessTokenOptions>(AccessTokenDefaults.Scheme).BindConfiguration("Jwt").ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Policies.Admin))
            .AddPolicy(Policies.Anybody, policy => policy.RequireAssertion(caller =>
                caller.User.Identity?.IsAuthenticated is true
                || caller.Resource is HttpContext { Request.Headers.Authorization.Count: 0 }));

        services.AddHttpClient(HttpJwksSource.ClientName, client => client.MaxResponseContentBufferSize = HttpJwksSource.MaxBytes);
        services.TryAddSingleton<IJwksSource, HttpJwksSource>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokenValidator>();

        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            new CurrentUser(provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? new ClaimsPrincipal()));
    }
}
