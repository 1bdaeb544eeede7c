using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

/// <param name="Reason">Why, for other administrators and the audit log: 1 to 200 characters.</param>
internal sealed record ReasonRequest(string? Reason)
{
    public const int LongestReason = 200;

    public ValidationProblem? Check() =>
        !string.IsNullOrWhiteSpace(Reason) && Texts.IsLine(Reason, LongestReason)
            ? null
            : Problems.Invalid("reason", $"must have 1 to {LongestReason} characters and no control characters");
}
