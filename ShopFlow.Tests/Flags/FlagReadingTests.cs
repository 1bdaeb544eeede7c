using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.Flags;

/// <summary>A service with a file of flags that changes while it runs.</summary>
public sealed class FlagReadingTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flags-");
    private WebApplication _service = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "flags.json");

    private IFeatureManager Flags => _service.Services.GetRequiredService<IFeatureManager>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration[FlagsExtensions.FileSetting] = Path;
        builder.AddServiceDefaults();
        _service = builder.Build();
        _service.UseServiceDefaults();
        _service.UseFailure(Flag.CatalogFailure);
        _service.MapDefaultEndpoints();
        _service.MapGet("/things", () => "things");
        await _service.StartAsync(Cancelled);
        _http = new HttpClient { BaseAddress = new Uri(_service.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_file_failures_are_off_and_the_business_is_on()
    {
        foreach (var flag in Flag.All)
            Assert.Equal((flag.Name, flag.IsOnByDefault), (flag.Name, await Flags.IsEnabledAsync(flag.Name)));

        Assert.Equal([Flag.Promotions, Flag.GuestCheckout], Flag.All.Where(flag => flag.IsOnByDefault).Select(flag => flag.Name));
    }

    [Fact]
    public async Task A_change_is_seen_while_the_service_runs_and_a_broken_file_changes_nothing()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/things"));

        await new FlagFile(Path).SetAsync(Flag.CatalogFailure, 100, Cancelled);
        await Eventually.TrueAsync(async () => await AskAsync("/things") == HttpStatusCode.ServiceUnavailable, s_limit, () => "the failure should begin");
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, await AskAsync("/health/live"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/metrics"));

        var read = _service.Configuration.GetReloadToken();
        await File.WriteAllTextAsync(Path, "{ half", Cancelled);
        await Eventually.TrueAsync(() => Task.FromResult(read.HasChanged), s_limit, () => "the file should be read again");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync("/things"));

        File.Delete(Path);
        await Eventually.TrueAsync(async () => await AskAsync("/things") == HttpStatusCode.OK, s_limit, () => "the failure should end");
    }

    // The kubelet writes a new folder and turns the link to it: the file itself is never touched.
    [Fact]
    public async Task A_ConfigMap_that_changes_is_seen()
    {
        Mount("first", 0);
        await Eventually.TrueAsync(async () => await AskAsync("/things") == HttpStatusCode.OK, s_limit, () => "nothing should fail");
        Mount("second", 100);
        await Eventually.TrueAsync(async () => await AskAsync("/things") == HttpStatusCode.ServiceUnavailable, s_limit, () => "the failure should begin");

        void Mount(string version, int percent)
        {
            var text = FlagFile.TextOf(new Dictionary<string, int> { [Flag.CatalogFailure] = percent });
            File.WriteAllText(System.IO.Path.Combine(_folder.CreateSubdirectory(version).FullName, "flags.json"), text);
            var link = System.IO.Path.Combine(_folder.FullName, "..data");
            File.Delete(link);
            File.CreateSymbolicLink(link, version);
            if (!File.Exists(Path))
                File.CreateSymbolicLink(Path, System.IO.Path.Combine("..data", "flags.json"));
        }
    }

    [Fact]
    public async Task A_share_hits_about_as_many_as_it_says()
    {
        await new FlagFile(Path).SetAsync(Flag.CatalogFailure, 30, Cancelled);
        await Eventually.TrueAsync(async () => await FailedOfAsync(20) > 0, s_limit, () => "some requests should fail");

        Assert.InRange(await FailedOfAsync(400), 60, 180);
    }

    private async Task<int> FailedOfAsync(int count)
    {
        var failed = 0;
        for (var i = 0; i < count; i++)
            failed += await AskAsync("/things") == HttpStatusCode.ServiceUnavailable ? 1 : 0;
        return failed;
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var answer = await _http.GetAsync(path, Cancelled);
        return answer.StatusCode;
    }
}
