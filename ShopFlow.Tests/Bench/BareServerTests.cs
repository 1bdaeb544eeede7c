using ShopFlow.Cli;
using ShopFlow.Cli.Bench;

namespace ShopFlow.Tests.Bench;

public sealed class BareServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bare_proxy_passes_on_a_body_of_the_size_that_was_asked_for()
    {
        var checkout = new ShopFlow.Cli.Checkout(Checkout.Root);
        using var body = await BareServer.StartAsync(checkout, "body", "9300", Cancelled);
        using var proxy = await BareServer.StartAsync(checkout, "proxy", body.Address.AbsoluteUri, Cancelled);
        using var http = new HttpConnection(proxy.Address, TimeSpan.FromSeconds(10));

        var answer = await http.SendAsync("GET", "/products?limit=20");

        Assert.Equal((200, 9300), (answer.Status, answer.Body.Length));
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_an_error_and_not_a_wait()
    {
        var error = await Assert.ThrowsAsync<CommandFailedException>(() => BareServer.StartAsync(new(Checkout.Root), "body", "many", Cancelled));

        Assert.Contains("ended at once", error.Message, StringComparison.Ordinal);
    }
}
