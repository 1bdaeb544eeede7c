using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>The key that a client gave a request, whose it is, and a hash of what it was given for.</summary>
internal sealed record IdempotencyKey(string Owner, string Key, byte[] RequestHash)
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    public static bool IsValid(string? key) => key is { Length: >= 1 and <= Longest } && key.All(char.IsAscii);

    /// <summary>Whether it is a UUID, which two clients don't choose by chance.</summary>
    public static bool IsUnique(string key) => Guid.TryParse(key, out var id) && id != Guid.Empty;

    /// <summary>For a request that will not be repeated.</summary>
    public static string New() => Guid.NewGuid().ToString();

    /// <param name="shopper">The caller.</param>
    /// <param name="email">A guest's, if they gave one.</param>
    /// <param name="key">A valid one.</param>
    /// <param name="request">The request as it was understood.</param>
    public static IdempotencyKey Of(Shopper shopper, string? email, string key, byte[] request)
    {
        var hash = SHA256.HashData(request);
        return shopper.UserId is { } userId
            ? new(userId, key, hash)
            : new(GuestAccess.OwnerOf(email ?? ""), GuestAccess.Stored(key), hash);
    }

    public bool IsOf(PlacedRequest request) => request.RequestHash.AsSpan().SequenceEqual(RequestHash);

    public PlacedRequest Answered(Guid orderId, int statusCode, string answer, DateTimeOffset at, byte[]? accessSalt = null) => new()
    {
        UserId = Owner,
        Key = Key,
        RequestHash = RequestHash,
        OrderId = orderId,
        AccessSalt = accessSalt,
        StatusCode = statusCode,
        Answer = answer,
        CreatedAt = at,
    };

    public static ProblemHttpResult Required() =>
        Problems.BadRequest("idempotency-key-required", $"Send the header {Header} with 1 to {Longest} characters of your choice.");

    public static ProblemHttpResult NotUnique() =>
        Problems.BadRequest("idempotency-key-not-unique", $"Send a UUID as {Header}: another guest may have chosen this one.");

    public static ProblemHttpResult Reused() =>
        Problems.Unprocessable("idempotency-key-reused", $"This {Header} belongs to another request. Use a new one for a new request.");
}
