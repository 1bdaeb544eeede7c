namespace ShopFlow.Notifications.Data;

/// <summary>What auth has told of a user: whom to write to, and how to call them.</summary>
internal sealed class Contact
{
    public required string UserId { get; init; }

    public required string Username { get; init; }

    public required string Email { get; init; }
}
