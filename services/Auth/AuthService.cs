using ShopFlow.Auth.Audit;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Login;
using ShopFlow.Auth.Logout;
using ShopFlow.Auth.Passwords;
using ShopFlow.Auth.Passwords.Reset;
using ShopFlow.Auth.Refresh;
using ShopFlow.Auth.Register;
using ShopFlow.Auth.Sessions;
using ShopFlow.Auth.SigningKeys;
using ShopFlow.Auth.Users;
using ShopFlow.Auth.Verify;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth;

internal static class AuthService
{
    public static void AddAuth(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<AuthDbContext>("authdb");
        builder.AddMessaging<AuthDbContext>("messaging", messaging => messaging.Consume<AdminActionRecorded, StoreAdminActions>());

        builder.Services.AddOptions<AuthOptions>().BindConfiguration("Auth").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AuthJson.Default));

        builder.Services.AddSingleton<PasswordHashingQueue>();
        builder.Services.AddSingleton<PasswordResetQueue>();
        builder.Services.AddSingleton<KeyEncryption>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<IJwksSource>(services => services.GetRequiredService<KeyRing>());
        builder.Services.AddSingleton<AccessTokenIssuer>();
        builder.Services.AddScoped<SigningKeyStore>();
        builder.Services.AddScoped<SessionStore>();
        builder.Services.AddScoped<SignInLimiter>();

        builder.Services.AddHostedService<SigningKeyRefresh>();
        builder.Services.AddHostedService<FirstAdmin>();
        builder.Services.AddHostedService<ExpiredRowsCleanup>();
        builder.Services.AddHostedService<PasswordResetSender>();
    }

    public static void MapAuth(this WebApplication app)
    {
        var auth = app.MapGroup("/auth").WithTags("Auth");
        auth.MapRegister();
        auth.MapLogin();
        auth.MapRefresh();
        auth.MapLogout();
        auth.MapSessions();
        auth.MapChangePassword();
        auth.MapPasswordReset();
        auth.MapVerify();

        app.MapUsers();
        app.MapAudit();
        app.MapRotateSigningKey();
        app.MapJwks();
    }
}
