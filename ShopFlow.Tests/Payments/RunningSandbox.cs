using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ShopFlow.PaymentSandbox;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.Payments;

/// <summary>The card network on a socket of its own, with its ledger in a folder that outlives it.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    public const string ProviderKey = "key-of-the-tests";
    public const string WebhookSecret = "webhook-secret-of-the-tests";

    private readonly WebApplication _app;

    private RunningSandbox(WebApplication app)
    {
        _app = app;
        Address = new(app.Urls.Single());
        Http = new() { BaseAddress = Address, DefaultRequestHeaders = { { ApiKeyFilter.Header, ProviderKey } } };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<RunningSandbox> StartAsync(string directory, string url = "http://127.0.0.1:0", string? webhookUrl = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sandbox:ProviderKey"] = ProviderKey,
            ["Sandbox:WebhookSecret"] = WebhookSecret,
            ["Sandbox:WebhookUrl"] = webhookUrl,
            ["Sandbox:WebhookBackoff"] = "00:00:00.05",
            ["Sandbox:LateWebhook"] = "00:00:00.3",
            ["Sandbox:DataDirectory"] = directory,
            ["Sandbox:SlowAnswer"] = "00:00:00.2",
            ["Sandbox:Silence"] = "00:00:03",
        });
        builder.AddServiceDefaults();
        builder.AddSandbox();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapSandbox();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>What the network says about a charge; null when it has never heard of it.</summary>
    public async Task<Charge?> FindAsync(string key)
    {
        using var response = await Http.GetAsync(new Uri($"v1/payments/{key}", UriKind.Relative));
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync(ChargesJsonContext.Default.Charge)
            : null;
    }

    /// <summary>Does what the shopper does on the page of a challenge: "approve" or "fail".</summary>
    /// <returns>The page that follows.</returns>
    public async Task<string> AnswerChallengeAsync(string url, string answer)
    {
        using var response = await Http.PostAsync(new Uri($"{url}/{answer}"), content: null);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        using var response = await Http.PostAsJsonAsync($"v1/payments{path}", body ?? new { });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {answer}");
        return answer;
    }

    public async Task<int> StatusOfPostAsync(string path, object? body = null)
    {
        using var response = await Http.PostAsJsonAsync($"v1/payments{path}", body ?? new { });
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
