using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Auth.Audit;
using ShopFlow.Auth.Login;
using ShopFlow.Auth.Passwords;
using ShopFlow.Auth.Passwords.Reset;
using ShopFlow.Auth.Refresh;
using ShopFlow.Auth.Register;
using ShopFlow.Auth.Sessions;
using ShopFlow.Auth.SigningKeys;
using ShopFlow.Auth.Users;
using ShopFlow.Auth.Verify;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(PasswordResetRequest))]
[JsonSerializable(typeof(ConfirmPasswordResetRequest))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(UserDetails))]
[JsonSerializable(typeof(RolesRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AdminActionReport))]
[JsonSerializable(typeof(NextKey))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(VerifiedToken))]
[JsonSerializable(typeof(Profile))]
internal sealed partial class AuthJson : JsonSerializerContext;
