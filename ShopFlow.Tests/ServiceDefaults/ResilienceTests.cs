using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class ResilienceTests : IAsyncLifetime
{
    private TestService _catalog = null!;
    private TestService _orders = null!;
    private int _calls;
    private int _failures;

    public async ValueTask InitializeAsync()
    {
        _catalog = await TestService.StartAsync(app =>
        {
            app.Map("/prices", () => Interlocked.Increment(ref _calls) <= _failures ? Results.StatusCode(503) : Results.Ok());
            app.Map("/refused", () =>
            {
                Interlocked.Increment(ref _calls);
                return Results.BadRequest();
            });
            app.MapGet("/hangs", async (CancellationToken cancellationToken) =>
            {
                Interlocked.Increment(ref _calls);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            });
        });

        _orders = await TestService.StartAsync(
            settings: new() { ["services:catalog:http:0"] = _catalog.Address.ToString() },
            configure: builder =>
            {
                builder.Services.AddHttpClient("catalog", client => client.BaseAddress = new Uri("http://catalog"))
                    .AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
                builder.Services.AddHttpClient("impatient", client => client.BaseAddress = new Uri("http://catalog"))
                    .AddStandardResilienceHandler(options =>
                    {
                        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                        options.Retry.MaxRetryAttempts = 1;
                        options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(200);
                    });
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _catalog.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_call_that_may_be_repeated_is_repeated_until_it_succeeds(string method)
    {
        _failures = 2;

        Assert.Equal(HttpStatusCode.OK, await SendAsync(method));
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_post_is_sent_once()
    {
        _failures = 1;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("POST"));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_post_with_an_idempotency_key_is_repeated()
    {
        _failures = 1;

        Assert.Equal(HttpStatusCode.OK, await SendAsync("POST", idempotencyKey: "k1"));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task What_the_caller_did_wrong_is_not_repeated()
    {
        using var response = await _orders.OutgoingClient("catalog").GetAsync("/refused");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task The_number_of_attempts_is_bounded()
    {
        _failures = 100;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("GET"));
        Assert.Equal(4, _calls);
    }

    [Fact]
    public async Task Each_attempt_has_its_time_limit()
    {
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => _orders.OutgoingClient("impatient").GetAsync("/hangs"));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task After_many_failures_the_circuit_opens()
    {
        _failures = int.MaxValue;
        Exception? thrown = null;

        for (var i = 0; i < 40 && thrown is null; i++)
            thrown = await Record.ExceptionAsync(() => SendAsync("POST"));

        Assert.IsType<BrokenCircuitException>(thrown);
    }

    private async Task<HttpStatusCode> SendAsync(string method, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/prices");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);

        using var response = await _orders.OutgoingClient("catalog").SendAsync(request);
        return response.StatusCode;
    }
}
