using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// DCP's API: Kubernetes-style objects over HTTPS with a bearer token. Every call but a watch or a followed log has a time limit.
/// </summary>
internal sealed class DcpClient : IDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan DeleteLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // DCP refuses the type with a charset.
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    private readonly HttpClient _http;

    public DcpClient(Kubeconfig kubeconfig)
    {
        _http = new HttpClient(DcpTrust.Handler(kubeconfig.CertificateAuthority()))
        {
            BaseAddress = kubeconfig.Server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", kubeconfig.Token);
    }

    /// <summary>Waits until the API server answers: DCP announces its address before it listens.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await _http.GetAsync(DcpKinds.Executable.Path(), cancellationToken);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e)
            {
                if (clock.Elapsed > ConnectLimit)
                {
                    throw new DistributedApplicationException(
                        $"The orchestrator's API at {_http.BaseAddress} did not answer within {ConnectLimit.TotalSeconds:0} s.", e);
                }
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public async Task<DcpObject<TSpec, TStatus>> CreateAsync<TSpec, TStatus>(
        DcpKind<TSpec, TStatus> kind, DcpObject<TSpec, TStatus> value, CancellationToken cancellationToken)
        where TStatus : class
    {
        using var response = await SendAsync(
            HttpMethod.Post, kind.Path(), JsonContent.Create(value, options: DcpApi.Json), cancellationToken);

        return (await response.Content.ReadFromJsonAsync<DcpObject<TSpec, TStatus>>(DcpApi.Json, cancellationToken))!;
    }

    /// <summary>The object of that name, or null if there is none.</summary>
    public async Task<DcpObject<TSpec, TStatus>?> FindAsync<TSpec, TStatus>(
        DcpKind<TSpec, TStatus> kind, string name, CancellationToken cancellationToken)
        where TStatus : class
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Get, kind.Path(name), content: null, cancellationToken);

            return await response.Content.ReadFromJsonAsync<DcpObject<TSpec, TStatus>>(DcpApi.Json, cancellationToken);
        }
        catch (DcpException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for the end of an executable or a container; it can only be started again as a new object.</summary>
    public async Task StopAsync<TSpec, TStatus>(DcpKind<TSpec, TStatus> kind, string name, CancellationToken cancellationToken)
        where TStatus : class
    {
        var content = new StringContent("""{"spec":{"stop":true}}""", Encoding.UTF8, MergePatch);
        using var _ = await SendAsync(HttpMethod.Patch, kind.Path(name), content, cancellationToken);
    }

    /// <summary>Deletes the object, which ends its process, and waits until it is gone. No error if it is not there.</summary>
    public async Task DeleteAsync<TSpec, TStatus>(DcpKind<TSpec, TStatus> kind, string name, CancellationToken cancellationToken)
        where TStatus : class
    {
        try
        {
            using var _ = await SendAsync(HttpMethod.Delete, kind.Path(name), content: null, cancellationToken);
        }
        catch (DcpException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        while (await FindAsync(kind, name, cancellationToken) is not null)
        {
            if (clock.Elapsed > DeleteLimit)
            {
                throw new DistributedApplicationException($"{name} has not ended within {DeleteLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>
    /// All objects of a kind, then each change, until the connection ends. See <see cref="DcpWatch"/> for one that reconnects.
    /// </summary>
    public async IAsyncEnumerable<DcpEvent<TSpec, TStatus>> WatchOnceAsync<TSpec, TStatus>(
        DcpKind<TSpec, TStatus> kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where TStatus : class
    {
        await foreach (var line in ReadLinesAsync(kind.Path() + "?watch=true", cancellationToken))
        {
            if (line.Length > 0 && JsonSerializer.Deserialize<DcpEvent<TSpec, TStatus>>(line, DcpApi.Json) is { Object: not null } change)
            {
                yield return change;
            }
        }
    }

    /// <summary>Lines of a log, each with its time in front.</summary>
    /// <param name="source"><c>stdout</c>, <c>stderr</c>, or <c>system</c> for what DCP itself says of the process.</param>
    /// <param name="follow">Whether to wait for lines to come until the process has ended.</param>
    public IAsyncEnumerable<string> ReadLogAsync<TSpec, TStatus>(
        DcpKind<TSpec, TStatus> kind, string name, string source, bool follow, CancellationToken cancellationToken)
        where TStatus : class =>
        ReadLinesAsync($"{kind.Path(name)}/log?source={source}&follow={(follow ? "true" : "false")}&timestamps=true", cancellationToken);

    /// <summary>Asks DCP to end everything that it has started, and then itself.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        var content = new StringContent("""{"status":"Stopping","shutdownResourceCleanup":"Full"}""", Encoding.UTF8, MergePatch);
        using var _ = await SendAsync(HttpMethod.Patch, "admin/execution", content, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<string> ReadLinesAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CallLimit);
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            var response = await _http.SendAsync(request, limit.Token);
            await ThrowIfRefusedAsync(response, limit.Token);

            return response;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"The orchestrator did not answer {method} {path} within {CallLimit.TotalSeconds:0} s.", e);
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            using var _ = response;
            throw new DcpException(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
