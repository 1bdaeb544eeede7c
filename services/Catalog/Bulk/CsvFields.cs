using System.Text;

namespace ShopFlow.Catalog.Bulk;

/// <summary>
/// One record of CSV (RFC 4180) from and to fields. A spreadsheet takes a field that begins with one of = + - @ for a formula, so
/// such a field is written with an apostrophe before it, and read without; so is one that begins with an apostrophe itself.
/// https://owasp.org/www-community/attacks/CSV_Injection
/// </summary>
internal static class CsvFields
{
    private const string Guarded = "=+-@'\t\r";

    private static readonly char[] Quoted = [',', '"', '\n', '\r'];

    /// <summary>Null when a quotation mark is where none can be.</summary>
    public static List<string>? Parse(string record)
    {
        var fields = new List<string>();
        for (var start = 0; ;)
        {
            var field = start < record.Length && record[start] == '"' ? QuotedField(record, ref start) : PlainField(record, ref start);
            if (field is null)
                return null;

            fields.Add(IsGuarded(field) ? field[1..] : field);
            if (start == record.Length)
                return fields;

            // Over the comma; a comma at the end has one more, empty field behind it.
            start++;
        }
    }

    public static void Append(StringBuilder record, string field)
    {
        var text = field.Length > 0 && Guarded.Contains(field[0]) ? $"'{field}" : field;
        if (text.IndexOfAny(Quoted) >= 0)
            record.Append('"').Append(text.Replace("\"", "\"\"")).Append('"');
        else
            record.Append(text);
    }

    private static bool IsGuarded(string field) => field.Length > 1 && field[0] == '\'' && Guarded.Contains(field[1]);

    private static string? PlainField(string record, ref int start)
    {
        var end = record.IndexOf(',', start);
        var field = record[start..(end < 0 ? record.Length : end)];
        start += field.Length;
        return field.Contains('"') ? null : field;
    }

    private static string? QuotedField(string record, ref int start)
    {
        var field = new StringBuilder();
        for (var i = start + 1; i < record.Length; i++)
        {
            if (record[i] != '"')
            {
                field.Append(record[i]);
                continue;
            }

            if (i + 1 < record.Length && record[i + 1] == '"')
            {
                field.Append('"');
                i++;
                continue;
            }

            start = i + 1;
            return start == record.Length || record[start] == ',' ? field.ToString() : null;
        }

        return null;
    }
}
