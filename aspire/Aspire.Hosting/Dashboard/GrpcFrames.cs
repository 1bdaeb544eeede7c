using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The frames in which gRPC carries messages over HTTP/2: a flag byte (1 means compressed), the length in four bytes, the message.
/// </summary>
internal static class GrpcFrames
{
    private const int HeaderLength = 5;
    private const int LargestMessage = 4 * 1024 * 1024;

    /// <summary>Reads the next message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The frame is compressed, cut off or larger than 4 MiB.</exception>
    public static async Task<T?> ReadAsync<T>(PipeReader reader, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryParse(ref buffer, parser, out var message))
            {
                reader.AdvanceTo(buffer.Start);
                return message;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new InvalidDataException("The stream ended inside a message.");
            }
        }
    }

    public static async Task WriteAsync(PipeWriter writer, IMessage message, CancellationToken cancellationToken)
    {
        var length = message.CalculateSize();
        var header = writer.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        writer.Advance(HeaderLength);
        message.WriteTo(writer);

        await writer.FlushAsync(cancellationToken);
    }

    private static bool TryParse<T>(ref ReadOnlySequence<byte> buffer, MessageParser<T> parser, out T? message)
        where T : class, IMessage<T>
    {
        message = null;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] != 0 || length > LargestMessage)
        {
            throw new InvalidDataException($"A message of {length} bytes with flag {header[0]} is not accepted.");
        }

        if (buffer.Length < HeaderLength + length)
        {
            return false;
        }

        message = parser.ParseFrom(buffer.Slice(HeaderLength, length));
        buffer = buffer.Slice(HeaderLength + length);

        return true;
    }
}
