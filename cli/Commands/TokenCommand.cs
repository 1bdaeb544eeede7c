using System.CommandLine;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

internal static class TokenCommand
{
    public static Command Create(Checkout checkout)
    {
        var user = new Argument<string>("USER") { Description = "admin, or the name of a customer; one that does not exist is registered." };
        var password = new Option<string?>("--password") { Description = "The password of a customer that was registered elsewhere." };
        var command = new Command("token", "Print an access token of the running platform, for curl.") { user, password };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = RunningGateway.Connect(checkout);
            Console.WriteLine(await AccessTokens.SignInAsync(
                gateway, checkout, parsed.GetValue(user)!, parsed.GetValue(password), cancellationToken));
            return 0;
        });
        return command;
    }
}
