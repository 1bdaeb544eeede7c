using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Passwords;

internal sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword)
{
    public ValidationProblem? Check(string username)
    {
        var validator = new Validator();
        validator.Check(
            CurrentPassword is { Length: > 0 and <= PasswordRules.MaximumLength },
            "currentPassword",
            $"is required and has at most {PasswordRules.MaximumLength} characters");

        var fault = PasswordRules.Fault(NewPassword, username);
        validator.Check(fault is null, "newPassword", fault ?? "");
        return validator.Problem;
    }
}
