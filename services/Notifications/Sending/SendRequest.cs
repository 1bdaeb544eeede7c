using System.Security.Cryptography;
using System.Text.Json;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Sending;

/// <param name="UserId">Who is told: the caller, or anybody if the caller is an administrator.</param>
/// <param name="Type">What kind it is, by which its reader may have switched it off.</param>
/// <param name="Message">The text, of 1 to 2000 characters.</param>
/// <param name="Channel">InApp for the list of the shop only; otherwise it is sent by e-mail too.</param>
internal sealed record SendRequest(string? UserId, string? Type, string? Message, string? Channel)
{
    private const int LongestMessage = 2000;

    internal NotificationType KnownType => Enum.Parse<NotificationType>(Type!, ignoreCase: true);

    internal bool IsMailed => !nameof(Data.Channel.InApp).Equals(Channel, StringComparison.OrdinalIgnoreCase);

    public void Check(Validator validator)
    {
        validator.Check(Guid.TryParseExact(UserId, "D", out _), "userId", "must be the id of a user");
        validator.CheckName<NotificationType>(Type ?? "", "type");
        validator.Check(
            !string.IsNullOrWhiteSpace(Message) && Message.Length <= LongestMessage && !Message.Any(c => char.IsControl(c) && c != '\n'),
            "message",
            $"must have 1 to {LongestMessage} characters and no control characters but line breaks");
        validator.CheckName<Channel>(Channel, "channel");
    }

    public byte[] Hash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, NotificationsJsonContext.Default.SendRequest));
}
