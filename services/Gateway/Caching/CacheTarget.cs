using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// The normal form of a read that the cache may answer: its key, and the path and query by which the catalogue is asked. Parameters that the
/// catalogue does not know are left out, the others stand in one order and one spelling, so that the same page has the same key.
/// </summary>
internal static class CacheTarget
{
    public const int MaximumLength = 512;

    private const string Products = "/products";
    private const string Images = "/images/";
    private const string ImageType = ".svg";
    private const int GuidLength = 36;

    /// <summary>Stands for all of a prefix, such as <c>option.size</c>, and each of them may be there several times.</summary>
    private const string Options = "option.";

    internal static readonly string[] ListParameters = ["category", "currency", "limit", "maxPrice", "minPrice", "next", "sort", Options];
    internal static readonly string[] ProductParameters = ["currency"];

    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>False for a request that is not such a read, or has no normal form: a parameter twice, or too long.</summary>
    public static bool TryWrite(HttpRequest request, Span<char> target, out int length)
    {
        length = 0;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return false;

        return TryWritePath(request.Path.Value, target, out length, out var parameters)
            && TryWriteQuery(request.QueryString.Value, parameters, target, ref length);
    }

    private static bool TryWritePath(ReadOnlySpan<char> path, Span<char> target, out int length, out string[] parameters)
    {
        (length, parameters) = (0, []);
        if (path is [_, .., '/'])
            path = path[..^1];

        if (Is(path, Products) || Is(path, "/catalog"))
        {
            parameters = ListParameters;
            return target.TryWrite($"{Products}", out length);
        }

        if (Is(path, "/categories"))
            return target.TryWrite($"/categories", out length);

        if (TryReadId(path, "/products/", "", out var id))
        {
            parameters = ProductParameters;
            return target.TryWrite($"/products/{id:D}", out length);
        }

        return TryReadId(path, Images, ImageType, out id) && target.TryWrite($"{Images}{id:D}{ImageType}", out length);
    }

    private static bool Is(ReadOnlySpan<char> path, string known) => path.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool TryReadId(ReadOnlySpan<char> path, string before, string after, out Guid id)
    {
        id = default;
        return path.Length == before.Length + GuidLength + after.Length
            && path.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            && path.EndsWith(after, StringComparison.OrdinalIgnoreCase)
            && Guid.TryParseExact(path.Slice(before.Length, GuidLength), "D", out id);
    }

    private static bool TryWriteQuery(string? query, string[] parameters, Span<char> target, ref int length)
    {
        if (string.IsNullOrEmpty(query))
            return true;

        var start = length;
        foreach (var parameter in parameters)
        {
            var isWritten = parameter == Options
                ? TryWriteOptions(query, target, start, ref length)
                : TryFind(query, parameter, out var value) && (value is null || TryWrite($"{parameter}={Escaped(value.Value.Span)}", target, start, ref length));

            if (!isWritten)
                return false;
        }

        return true;
    }

    /// <summary>False when the parameter stands there twice.</summary>
    private static bool TryFind(string query, string parameter, out ReadOnlyMemory<char>? value)
    {
        value = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (!pair.DecodeName().Span.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                continue;

            if (value is not null)
                return false;

            value = pair.DecodeValue();
        }

        return true;
    }

    private static bool TryWriteOptions(string query, Span<char> target, int start, ref int length)
    {
        List<string>? options = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().Span;
            if (name.StartsWith(Options, StringComparison.OrdinalIgnoreCase))
                (options ??= []).Add($"{Escaped(name)}={Escaped(pair.DecodeValue().Span)}");
        }

        options?.Sort(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            if (!TryWrite(option, target, start, ref length))
                return false;
        }

        return true;
    }

    private static bool TryWrite(ReadOnlySpan<char> pair, Span<char> target, int start, ref int length)
    {
        var separator = length == start ? '?' : '&';
        if (!target[length..].TryWrite($"{separator}{pair}", out var written))
            return false;

        length += written;
        return true;
    }

    private static ReadOnlySpan<char> Escaped(ReadOnlySpan<char> value) => value.ContainsAnyExcept(Unreserved) ? Uri.EscapeDataString(value) : value;
}
