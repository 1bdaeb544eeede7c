using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Passwords;

internal static class TooManyPasswords
{
    public static ProblemHttpResult Problem(PasswordHashingQueue passwords) =>
        Problems.TooManyRequests(passwords.RetryAfter, "Too many people are signing in just now. Try again in a moment.");
}
