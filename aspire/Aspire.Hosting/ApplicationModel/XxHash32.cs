using System.Buffers.Binary;
using System.Numerics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The 32 bit xxHash with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
/// Names in the manifest carry it, and the package that has it, System.IO.Hashing, is absent from the feed.
/// </summary>
internal static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int StripeSize = 16;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var hash = (data.Length < StripeSize ? Prime5 : HashStripes(data)) + (uint)data.Length;
        var rest = data.Length < StripeSize ? data : data[(data.Length - data.Length % StripeSize)..];

        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
        {
            hash = BitOperations.RotateLeft(hash + ReadWord(rest) * Prime3, 17) * Prime4;
        }

        foreach (var value in rest)
        {
            hash = BitOperations.RotateLeft(hash + value * Prime5, 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint HashStripes(ReadOnlySpan<byte> data)
    {
        Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];

        for (; data.Length >= StripeSize; data = data[StripeSize..])
        {
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                lanes[lane] = BitOperations.RotateLeft(lanes[lane] + ReadWord(data[(lane * sizeof(uint))..]) * Prime2, 13) * Prime1;
            }
        }

        return BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
            + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
    }

    private static uint ReadWord(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32LittleEndian(data);
}
