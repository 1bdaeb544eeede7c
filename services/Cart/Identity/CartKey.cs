using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ShopFlow.Cart.Identity;

/// <summary>Whose cart: that of a user, by the user's id, or of a guest, by an id that only the guest knows.</summary>
internal readonly record struct CartKey
{
    private const int GuestIdBytes = 16;
    private const int GuestIdLength = 22;
    private const string User = "user:";
    private const string Guest = "guest:";

    private readonly string _value;

    private CartKey(string value) => _value = value;

    public bool IsGuest => _value.StartsWith(Guest, StringComparison.Ordinal);

    /// <summary>Without the word for whose it is.</summary>
    public string Id => _value[(_value.IndexOf(':') + 1)..];

    public static CartKey OfUser(string userId) => new(User + userId);

    public static CartKey NewGuest() => new(Guest + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GuestIdBytes)));

    /// <summary>False for what was never given out as a guest's id.</summary>
    public static bool TryOfGuest([NotNullWhen(true)] string? id, out CartKey key)
    {
        var isOne = id is { Length: GuestIdLength } && Base64Url.IsValid(id, out var bytes) && bytes == GuestIdBytes;
        key = isOne ? new(Guest + id) : default;
        return isOne;
    }

    /// <summary>Of <c>user:{userId}</c> or <c>guest:{id}</c>.</summary>
    public static bool TryParse(string? text, out CartKey key)
    {
        if (text?.StartsWith(Guest, StringComparison.Ordinal) is true)
            return TryOfGuest(text[Guest.Length..], out key);

        var isUser = text?.StartsWith(User, StringComparison.Ordinal) is true && Guid.TryParseExact(text[User.Length..], "D", out _);
        key = isUser ? new(text!) : default;
        return isUser;
    }

    public override string ToString() => _value;
}
