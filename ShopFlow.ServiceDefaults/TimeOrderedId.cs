using System.Buffers.Binary;

namespace ShopFlow.ServiceDefaults;

/// <summary>Rows whose ids are UUIDv7 (RFC 9562, section 5.7) lie in the order of time, so that their primary key answers what was made when.</summary>
public static class TimeOrderedId
{
    /// <summary>Not above any id of that millisecond or a later one, and above all earlier ones.</summary>
    public static Guid FirstAt(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        return new(bytes, bigEndian: true);
    }
}
