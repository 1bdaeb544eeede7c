using System.Buffers.Binary;
using System.Buffers.Text;

namespace ShopFlow.Notifications.Delivering;

/// <summary>The last delivery of a page: where the next one begins.</summary>
internal sealed record DeliveryPlace(DateTimeOffset CreatedAt, Guid Id)
{
    private const int IdBytes = 16;
    private const int Bytes = sizeof(long) + IdBytes;

    /// <summary>The opaque form.</summary>
    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.UtcTicks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False when the text is none.</summary>
    public static bool TryDecode(string text, out DeliveryPlace? place)
    {
        place = null;
        if (!Base64Url.IsValid(text, out var length) || length != Bytes)
            return false;

        Span<byte> bytes = stackalloc byte[Bytes];
        Base64Url.DecodeFromChars(text, bytes);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        place = new(new(ticks, TimeSpan.Zero), new(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }
}
