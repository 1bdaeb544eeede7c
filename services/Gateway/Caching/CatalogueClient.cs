using System.Globalization;
using System.Net;
using Microsoft.Net.Http.Headers;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Asks the catalogue for pages. A question has nothing of the caller's but the target, no token, no cookie and no other header, so that
/// the answer can be given to everybody.
/// </summary>
internal sealed class CatalogueClient(IHttpClientFactory clients, CatalogueGeneration generation, TimeProvider time)
{
    public const string Name = "catalogue-pages";

    private const string GenerationHeader = "Catalog-Generation";
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>How long an answer may take. It isn't bound to the request that started it: others wait for it too.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="target">Path and query.</param>
    /// <param name="known">The page that is kept, for the catalogue to confirm.</param>
    /// <returns>The page; <see cref="Page.IsStorable"/> says whether to keep it. Null when the answer is not for everybody.</returns>
    /// <exception cref="CatalogueUnavailableException">The catalogue does not answer, or with a 5xx.</exception>
    public async Task<Page?> GetAsync(string target, Page? known)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            return await AskAsync(target, known, limit.Token);
        }
        catch (Exception exception)
        {
            throw new CatalogueUnavailableException(exception);
        }
    }

    private async Task<Page?> AskAsync(string target, Page? known, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Name);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (known is not null)
            request.Headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, known.ETag);

        var askedAt = time.GetTimestamp();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var made = GenerationOf(response);
        if (made is { } newest)
            generation.Heard(newest, askedAt);

        if (response.StatusCode == HttpStatusCode.NotModified && known is not null && made is { } confirmed)
        {
            known.Confirm(confirmed, askedAt);
            return known;
        }

        if (response.StatusCode >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException($"The catalogue answered {(int)response.StatusCode}.", null, response.StatusCode);

        return IsForEverybody(response) && await ReadAsync(response, cancellationToken) is { } body
            ? new Page(
                target,
                (int)response.StatusCode,
                body,
                response.Content.Headers.ContentType?.ToString() ?? "application/octet-stream",
                response.Headers.ETag?.ToString(),
                response.Headers.CacheControl?.ToString(),
                made,
                askedAt)
            : null;
    }

    private static long? GenerationOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(GenerationHeader, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;

    /// <summary>A refusal may go to all who wait for it; other answers only if they say that they are public.</summary>
    private static bool IsForEverybody(HttpResponseMessage response)
    {
        var headers = response.Headers;
        if (headers.Contains(HeaderNames.SetCookie) || headers.Vary.Any(name => !name.Equals(HeaderNames.AcceptEncoding, StringComparison.OrdinalIgnoreCase)))
            return false;

        return response.StatusCode switch
        {
            HttpStatusCode.OK => headers.CacheControl is { Public: true } && headers.ETag is { IsWeak: false } && response.Content.Headers.ContentEncoding.Count == 0,
            HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone => true,
            _ => false,
        };
    }

    /// <summary>Null when it is too large to be kept.</summary>
    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaximumBytes)
            return null;

        try
        {
            await response.Content.LoadIntoBufferAsync(MaximumBytes, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return null;
        }
    }
}
