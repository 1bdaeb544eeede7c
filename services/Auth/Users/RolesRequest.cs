using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

internal sealed record RolesRequest(string?[]? Roles)
{
    public ValidationProblem? Check()
    {
        var validator = new Validator();
        validator.Check(
            Roles is { Length: > 0 and <= 2 } && Roles.All(role => role is Register.Roles.Customer or Register.Roles.Admin) && Roles.Distinct().Count() == Roles.Length,
            "roles",
            $"must be one or both of {Register.Roles.Customer} and {Register.Roles.Admin}");
        return validator.Problem;
    }
}
