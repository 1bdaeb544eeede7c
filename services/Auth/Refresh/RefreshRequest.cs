using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Refresh;

/// <summary>Also the body of a log-out.</summary>
internal sealed record RefreshRequest(string? RefreshToken)
{
    public ValidationProblem? Check()
    {
        var validator = new Validator();
        validator.Check(Texts.IsLine(RefreshToken, 128), "refreshToken", "must have 1 to 128 characters, none of them a control character");
        return validator.Problem;
    }
}
