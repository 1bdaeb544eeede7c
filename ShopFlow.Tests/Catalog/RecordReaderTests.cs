using System.Text;
using ShopFlow.Catalog.Bulk;

namespace ShopFlow.Tests.Catalog;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("a,b\r\nc\n", "1:a,b|2:c")]
    [InlineData("a\n\n\r\nb", "1:a|4:b")]
    [InlineData("\"x\ny\",z\nnext\n", "1:\"x\ny\",z|3:next")]
    [InlineData("\"say \"\"hi\n\"\"\",z\nnext", "1:\"say \"\"hi\n\"\"\",z|3:next")]
    [InlineData("5\" pipe\nnext", "1:5\" pipe|2:next")]
    [InlineData("\uFEFF\"a\nb\"\nnext", "1:\"a\nb\"|3:next")]
    [InlineData("a\n\"open\nb", "1:a|2!has a quotation mark that is never closed")]
    [InlineData("", "")]
    public async Task Records_are_cut_where_they_end_however_the_bytes_arrive(string file, string expected)
    {
        for (var chunk = 1; chunk <= 7; chunk++)
            Assert.Equal(expected, await ReadAsync(new Trickle(Encoding.UTF8.GetBytes(file), chunk)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("=cmd()")]
    [InlineData("'=quoted already")]
    [InlineData("''")]
    [InlineData("-1, \"two\"")]
    [InlineData("'tis")]
    public void A_field_is_read_as_it_was_written_and_never_begins_a_formula(string field)
    {
        var record = new StringBuilder();
        CsvFields.Append(record, field);
        record.Append(',');

        Assert.DoesNotContain(record.ToString().TrimStart('"')[0], "=+-@");
        Assert.Equal([field, ""], CsvFields.Parse(record.ToString()));
    }

    private static async Task<string> ReadAsync(Stream file)
    {
        var reader = new RecordReader(file, quoted: true);
        var records = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None) is { } record)
            records.Add(record.Error is null ? $"{record.Line}:{record.Text}" : $"{record.Line}!{record.Error}");

        return string.Join('|', records);
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
