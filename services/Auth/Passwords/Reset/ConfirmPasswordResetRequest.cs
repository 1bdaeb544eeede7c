using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Passwords.Reset;

/// <param name="Token">From the e-mail.</param>
/// <param name="Password">The new one.</param>
internal sealed record ConfirmPasswordResetRequest(string? Token, string? Password)
{
    private const int LongestToken = 100;

    /// <param name="username">Null as long as it isn't known whose password it is.</param>
    public ValidationProblem? Check(string? username = null)
    {
        var validator = new Validator();
        validator.Check(Token is { Length: > 0 and <= LongestToken }, "token", $"is required and has at most {LongestToken} characters");

        var fault = PasswordRules.Fault(Password, username);
        validator.Check(fault is null, "password", fault ?? "");
        return validator.Problem;
    }
}
